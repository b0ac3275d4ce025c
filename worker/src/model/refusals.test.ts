import { describe, expect, it } from 'vitest';
import { isApology } from './refusals.ts';

const plan = (text: string) => ({
  sessions: [{ name: text, minutes: 30, exercises: [{ name: text, sets: 1, reps: 'N/A' }] }],
  advice: text,
});

describe('an apology in every field is one', () => {
  it.each([
    "I'm sorry, but I can't help with that.",
    'I’m sorry, I cannot assist with this request.',
    'Sorry, this is not possible.',
    'I cannot provide an estimate from these photos.',
    'Lo siento, no puedo ayudar con eso.',
    'Es tut mir leid, dabei kann ich nicht helfen.',
    'Ich kann dir dabei nicht helfen.',
    'मुझे खेद है, मैं इसमें मदद नहीं कर सकता।',
    "I apologize, but I can't assist with that request.",
    "I'm unable to help with that.",
    'I’m unable to analyze these photos.',
    'I can’t assess body fat from images of people.',
    "I'm not able to estimate this.",
    'I must decline this request.',
    "I won't be able to help with that.",
    'Unable to comply with this request.',
    "I'm afraid I can't help with that.",
    'Regrettably, I cannot provide this.',
    "Thank you for sharing, but I can't help with that.",
    'As a language model, I cannot judge bodies.',
    'No puedo evaluar estas fotos.',
    'Me temo que no puedo ayudarte.',
    'Lamento no poder ayudar.',
    'Pido disculpas, pero no puedo.',
    'No me es posible analizar imágenes.',
    'Das kann ich leider nicht beurteilen.',
    'Leider ist es mir nicht möglich, zu helfen.',
    'Ich bin nicht in der Lage, das zu beurteilen.',
    'Ich kann diese Anfrage nicht bearbeiten.',
    'खेद है, मैं इसका विश्लेषण नहीं कर सकता।',
  ])('%s', (text) => {
    expect(isApology(plan(text))).toBe(true);
    expect(isApology({ bodyFatPercent: 20, low: 18, high: 22, observations: [text] })).toBe(true);
  });
});

describe('an answer is none', () => {
  it.each([
    ['of sentences', plan('Squat with a light weight.')],
    ['of which one field apologises', { ...plan("I'm sorry, I can't."), advice: 'Rest on two days.' }],
    ['that only says what the user cannot do', plan('You cannot train every day.')],
    ['that says what is not seen', plan('I cannot see your feet.')],
    ['that says so in German', plan('Leider kann ich deine Füße nicht sehen.')],
    ['that says so in Spanish', plan('No puedo ver tus pies.')],
    ['that regrets what it saw', plan('Unfortunately your arms hide the waist.')],
    ['without a sentence', { front: { issues: [] }, back: { issues: [] } }],
    ['of codes', { code: 'obstructed', name: 'Sorry' }],
    ['that is empty', {}],
  ])('%s', (_, answer) => expect(isApology(answer)).toBe(false));
});

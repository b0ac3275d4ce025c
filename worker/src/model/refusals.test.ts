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
    ['without a sentence', { front: { issues: [] }, back: { issues: [] } }],
    ['of codes', { code: 'obstructed', name: 'Sorry' }],
    ['that is empty', {}],
  ])('%s', (_, answer) => expect(isApology(answer)).toBe(false));
});

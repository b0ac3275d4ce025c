"""Compiles strict JSON schemas by llguidance, whose grammars hold models to them, and runs answers through the grammars.

Reads {name: {schema, good: [text], bad: [text]}} as JSON, and writes {name: [problem]}.
"""

import json
import sys

from llguidance import LLMatcher, LLTokenizer

BYTES = LLTokenizer("byte")


def takes(grammar: str, text: str) -> bool:
    matcher = LLMatcher(BYTES, grammar)
    tokens = BYTES.tokenize_str(text)
    return matcher.try_consume_tokens(tokens) == len(tokens) and matcher.is_accepting()


def problems(schema: dict, good: list[str], bad: list[str]) -> list[str]:
    grammar = LLMatcher.grammar_from_json_schema(json.dumps(schema))
    failed, messages = LLMatcher.validate_grammar_with_warnings(grammar, BYTES)
    if failed or messages:
        return [f"does not compile: {message}" for message in messages]
    return [f"refuses {text}" for text in good if not takes(grammar, text)] + [
        f"takes {text}" for text in bad if takes(grammar, text)
    ]


json.dump({name: problems(**case) for name, case in json.load(sys.stdin).items()}, sys.stdout)

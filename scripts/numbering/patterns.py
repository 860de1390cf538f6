"""Patterns over digits, as the numbering plans write them: `(?:1[2-5]|30)\\d{4,6}`.

Two readings of the same parsed pattern: as a nondeterministic automaton, for patterns that only say yes or no; and as a
program for a small backtracking matcher, for the few that say where a part begins and ends.
"""

import re._constants as sre
import re._parser as sre_parser

DIGITS = range(10)


def digits_of(op, argument):
    """The digits a one-character node stands for."""
    if op is sre.LITERAL:
        return frozenset([int(chr(argument))])
    if op is sre.CATEGORY and argument is sre.CATEGORY_DIGIT:
        return frozenset(DIGITS)
    if op is sre.RANGE:
        low, high = argument
        return frozenset(range(int(chr(low)), int(chr(high)) + 1))
    if op is sre.IN:
        return frozenset().union(*(digits_of(*item) for item in argument))
    raise ValueError(f"not a digit: {op} {argument}")


class Nfa:
    """States of many patterns together: for each, where a digit leads and where nothing leads."""

    def __init__(self):
        self.by_digit = []  # state -> list of (digits, state)
        self.by_nothing = []  # state -> list of states

    def state(self):
        self.by_digit.append([])
        self.by_nothing.append([])
        return len(self.by_digit) - 1

    def add(self, pattern):
        """Adds a pattern; gives its first and its last state."""
        first = self.state()
        return first, self._sequence(sre_parser.parse(pattern), first)

    def _sequence(self, nodes, state):
        for op, argument in nodes:
            state = self._node(op, argument, state)
        return state

    def _node(self, op, argument, state):
        if op is sre.SUBPATTERN:
            return self._sequence(argument[3], state)
        if op is sre.BRANCH:
            end = self.state()
            for choice in argument[1]:
                begin = self.state()
                self.by_nothing[state].append(begin)
                self.by_nothing[self._sequence(choice, begin)].append(end)
            return end
        if op is sre.MAX_REPEAT:
            least, most, nodes = argument
            for _ in range(least):
                state = self._sequence(nodes, state)
            end = self.state()
            self.by_nothing[state].append(end)
            for _ in range(most - least):
                state = self._sequence(nodes, state)
                self.by_nothing[state].append(end)
            return end
        end = self.state()
        self.by_digit[state].append((digits_of(op, argument), end))
        return end

    def closure(self, states):
        """With all states that nothing leads to."""
        seen = set(states)
        todo = list(seen)
        while todo:
            for state in self.by_nothing[todo.pop()]:
                if state not in seen:
                    seen.add(state)
                    todo.append(state)
        return frozenset(seen)

    def step(self, states, digit):
        """Where a digit leads from any of `states`."""
        return self.closure(
            to for state in states for digits, to in self.by_digit[state] if digit in digits
        )


# One instruction is 16 bits, the operation in the upper four. `lead-core/src/phone/numbering/program.rs` runs them.
DIGIT, SPLIT, JUMP, SAVE, END, MATCH = 0x0000, 0x4000, 0x8000, 0xC000, 0xD000, 0xE000


def program(pattern):
    """The instructions for a pattern that is tried at the start of a number; targets count from the first one."""
    code = []

    def sequence(nodes):
        for op, argument in nodes:
            node(op, argument)

    def node(op, argument):
        if op is sre.SUBPATTERN:
            group, nodes = argument[0], argument[3]
            if group is not None:
                code.append(SAVE | (2 * (group - 1)))
            sequence(nodes)
            if group is not None:
                code.append(SAVE | (2 * (group - 1) + 1))
        elif op is sre.BRANCH:
            choices, leave = argument[1], []
            for index, choice in enumerate(choices):
                last = index == len(choices) - 1
                split = len(code)
                if not last:
                    code.append(SPLIT)
                sequence(choice)
                if not last:
                    leave.append(len(code))
                    code.append(JUMP)
                    code[split] = SPLIT | len(code)
            for at in leave:
                code[at] = JUMP | len(code)
        elif op is sre.MAX_REPEAT:
            least, most, nodes = argument
            for _ in range(least):
                sequence(nodes)
            splits = []
            for _ in range(most - least):
                splits.append(len(code))
                code.append(SPLIT)
                sequence(nodes)
            for at in splits:
                code[at] = SPLIT | len(code)
        elif op is sre.AT:
            assert argument is sre.AT_END
            code.append(END)
        else:
            code.append(DIGIT | sum(1 << digit for digit in digits_of(op, argument)))

    tree = sre_parser.parse(pattern)
    sequence(tree)
    code.append(MATCH)
    assert len(code) < 0x1000
    return code, tree.state.groups - 1

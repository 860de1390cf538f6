"""One minimal automaton over digits for many sets of patterns.

A set is a list of *whole* patterns, which must match all of a number, and *prefix* patterns, which must match the start
of it; each has a bit. From the state a set begins in, walking the digits of a number ends in a state whose mask holds the
bits of all patterns that match. States that lead to the same answers are one, across all sets.
"""

from patterns import DIGITS, Nfa


class Automaton:
    """State 0 is the one from which nothing matches any more."""

    def __init__(self):
        self.rows = [(0,) * 10]
        self.masks = [0]
        self._known = {}
        self._rests = {}

    def add(self, whole, prefix=()):
        """Adds a set of `(pattern, bit)`; gives the state it begins in."""
        nfa = Nfa()
        ends_whole, ends_prefix, begin = {}, {}, []
        for patterns, ends in ((whole, ends_whole), (prefix, ends_prefix)):
            for pattern, bit in patterns:
                first, last = nfa.add(pattern)
                begin.append(first)
                ends[last] = ends.get(last, 0) | (1 << bit)
        keep = {state for state in range(len(nfa.by_digit)) if nfa.by_digit[state]}
        memo = {}

        def visit(states, had):
            now = had
            for state in states:
                now |= ends_prefix.get(state, 0)
            mask = now
            for state in states:
                mask |= ends_whole.get(state, 0)
            going = frozenset(state for state in states if state in keep)
            key = (going, mask, now)
            if key not in memo:
                if not going:
                    memo[key] = self._rest(mask, now)
                else:
                    row = tuple(visit(nfa.step(going, digit), now) for digit in DIGITS)
                    memo[key] = self._state(row, mask)
            return memo[key]

        return visit(nfa.closure(begin), 0)

    def _state(self, row, mask):
        key = (row, mask)
        if key == (self.rows[0], 0):
            return 0
        if key not in self._known:
            self._known[key] = len(self.rows)
            self.rows.append(row)
            self.masks.append(mask)
        return self._known[key]

    def _rest(self, mask, for_ever):
        """The state after which only `for_ever` is true, whatever follows."""
        if mask != for_ever:
            return self._state((self._rest(for_ever, for_ever),) * 10, mask)
        if mask == 0:
            return 0
        if mask not in self._rests:
            state = len(self.rows)
            self._rests[mask] = state
            self.rows.append((state,) * 10)
            self.masks.append(mask)
        return self._rests[mask]

    def walk(self, state, digits):
        for digit in digits:
            state = self.rows[state][int(digit)]
        return self.masks[state]

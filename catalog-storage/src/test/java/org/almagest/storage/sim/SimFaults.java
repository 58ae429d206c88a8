package org.almagest.storage.sim;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which calls of one process fail, and how. Guarded by the disk. */
final class SimFaults {
    private record Rule(SimFault fault, Set<SimCall> calls, long first, boolean sticky) {}

    private final List<Rule> rules = new ArrayList<>();

    void at(long call, SimFault fault) {
        rules.add(new Rule(fault, EnumSet.allOf(SimCall.class), call, false));
    }

    void from(long call, SimFault fault) {
        rules.add(new Rule(fault, EnumSet.allOf(SimCall.class), call, true));
    }

    void next(SimCall call, SimFault fault) {
        rules.add(new Rule(fault, EnumSet.of(call), 0, false));
    }

    void every(SimCall call, SimFault fault) {
        rules.add(new Rule(fault, EnumSet.of(call), 0, true));
    }

    void clear() {
        rules.clear();
    }

    /** Returns the fault of this call, and uses up a rule that holds once. */
    Optional<SimFault> of(long index, SimCall call) {
        for (Rule rule : rules) {
            if (index >= rule.first && rule.calls.contains(call)) {
                if (!rule.sticky) {
                    rules.remove(rule);
                }
                if (rule.fault.concerns(call)) {
                    return Optional.of(rule.fault);
                }
                if (!rule.sticky) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }
}

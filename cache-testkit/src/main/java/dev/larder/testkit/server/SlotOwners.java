package dev.larder.testkit.server;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Which node serves which slot, by what all of them say; where two claim a slot, the one with the greater epoch has it. */
final class SlotOwners {

    static final int SLOTS = 16_384;

    private final int[] ports = new int[SLOTS];
    private final long[] epochs = new long[SLOTS];

    private SlotOwners() {
        Arrays.fill(epochs, -1);
    }

    static SlotOwners of(Collection<ClusterReport> reports) {
        SlotOwners owners = new SlotOwners();
        reports.stream().flatMap(report -> report.members().stream()).forEach(owners::add);
        return owners;
    }

    private void add(ClusterMember member) {
        for (ClusterMember.SlotRange range : member.slots()) {
            for (int slot = range.first(); slot <= range.last(); slot++) {
                if (member.epoch() > epochs[slot]) {
                    epochs[slot] = member.epoch();
                    ports[slot] = member.port();
                }
            }
        }
    }

    /** Returns the port of the node that serves a slot; 0 if there is none. */
    int portOf(int slot) {
        return ports[slot];
    }

    /** Returns the ports of all that serve slots, in the order of their slots. */
    List<Integer> ports() {
        return Arrays.stream(ports).filter(port -> port != 0).distinct().boxed().toList();
    }
}

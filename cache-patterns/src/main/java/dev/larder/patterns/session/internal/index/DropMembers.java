package dev.larder.patterns.session.internal.index;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes sessions out.
 *
 * @param nowMillis now
 * @param keys their keys
 */
public record DropMembers(long nowMillis, Set<String> keys) implements IndexStep {

    /** Copies the keys. */
    public DropMembers {
        keys = new HashSet<>(keys);
    }

    @Override
    public boolean change(List<Member> members) {
        return members.removeIf(member -> keys.contains(member.key()));
    }
}

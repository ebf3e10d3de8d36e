package dev.larder.patterns.session.internal.index;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives a session its new key, and leaves it its place; also when it is made twice, because an answer was lost.
 *
 * @param nowMillis now
 * @param from the key it had
 * @param to the key it has
 * @param untilMillis when it is over at the latest
 */
public record MoveMember(long nowMillis, String from, String to, long untilMillis) implements IndexStep {

    @Override
    public boolean change(List<Member> members) {
        Member former = find(from, members);
        if (former == null) {
            return find(to, members) != null || members.add(new Member(to, nowMillis, untilMillis));
        }
        members.removeIf(member -> member.key().equals(to));
        members.set(members.indexOf(former), new Member(to, former.added(), untilMillis));
        return true;
    }

    private static @Nullable Member find(String key, List<Member> members) {
        return members.stream()
                .filter(member -> member.key().equals(key))
                .findFirst()
                .orElse(null);
    }
}

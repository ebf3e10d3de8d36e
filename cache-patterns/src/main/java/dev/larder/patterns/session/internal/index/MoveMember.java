package dev.larder.patterns.session.internal.index;

import java.util.List;

/**
 * Gives a session its new key, and leaves it its place.
 *
 * @param nowMillis now
 * @param from the key it had
 * @param to the key it has
 * @param untilMillis when it is over at the latest
 */
public record MoveMember(long nowMillis, String from, String to, long untilMillis) implements IndexStep {

    @Override
    public boolean change(List<Member> members) {
        members.removeIf(member -> member.key().equals(to));
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).key().equals(from)) {
                members.set(i, new Member(to, members.get(i).added(), untilMillis));
                return true;
            }
        }
        return members.add(new Member(to, nowMillis, untilMillis));
    }
}

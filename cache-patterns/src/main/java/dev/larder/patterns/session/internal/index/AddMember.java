package dev.larder.patterns.session.internal.index;

import java.util.List;

/**
 * Adds a session, or says that it is still there.
 *
 * @param nowMillis now
 * @param key the session's key
 * @param untilMillis when it is over at the latest
 * @param limit how many there may be, the new one included; it is not added beyond that
 * @param capacity how many are kept; the one that was added first goes
 */
public record AddMember(long nowMillis, String key, long untilMillis, int limit, int capacity) implements IndexStep {

    @Override
    public boolean change(List<Member> members) {
        for (int i = 0; i < members.size(); i++) {
            Member member = members.get(i);
            if (member.key().equals(key)) {
                members.set(i, new Member(key, member.added(), Math.max(member.until(), untilMillis)));
                return true;
            }
        }
        if (members.size() >= limit) {
            return false;
        }
        members.add(new Member(key, nowMillis, untilMillis));
        if (members.size() > capacity) {
            members.remove(0);
        }
        return true;
    }
}

package dev.larder.patterns.session.internal.index;

import dev.larder.patterns.session.internal.record.EntryTtl;
import dev.larder.patterns.session.internal.record.Times;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.MutableEntry;

/** A change of the sessions of one value, made by a cache in one atomic step; sessions whose time is over go with each. */
public interface IndexStep extends EntryProcessor<String, byte[], Boolean>, Serializable {

    @Override
    default Boolean process(MutableEntry<String, byte[]> entry, Object... none) {
        List<Member> members = new ArrayList<>(Members.decode(entry.getValue()));
        members.removeIf(member -> member.until() <= nowMillis());
        boolean isDone = change(members);
        if (members.isEmpty()) {
            entry.remove();
        } else {
            entry.setValue(Members.encode(members));
            EntryTtl.AVAILABLE.set(entry, ttlMillis(members));
        }
        return isDone;
    }

    /** Returns the time of who makes the step. */
    long nowMillis();

    /** Changes the list, and returns whether that was possible. */
    boolean change(List<Member> members);

    private long ttlMillis(List<Member> members) {
        long last = members.stream().mapToLong(Member::until).max().orElse(0);
        return last == Times.NEVER ? last : last - nowMillis();
    }
}

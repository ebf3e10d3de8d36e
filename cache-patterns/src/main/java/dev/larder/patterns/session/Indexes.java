package dev.larder.patterns.session;

import dev.larder.patterns.session.internal.index.AddMember;
import dev.larder.patterns.session.internal.index.DropMembers;
import dev.larder.patterns.session.internal.index.IndexStep;
import dev.larder.patterns.session.internal.index.Member;
import dev.larder.patterns.session.internal.index.Members;
import dev.larder.patterns.session.internal.record.Times;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * Which sessions have which value. A session is added before it is stored, so that none is stored and cannot be found; what it is not true of is left out, and
 * taken out, by who reads: the session itself is the truth.
 */
final class Indexes {

    /** How long a session may take from being added to being stored. */
    static final Duration UNDER_WAY = Duration.ofMinutes(1);

    private static final int NO_LIMIT = Integer.MAX_VALUE;

    private final Map<String, Function<Session, @Nullable String>> functions;
    private final @Nullable Cache<String, byte[]> cache;
    private final InstantSource clock;
    private final int capacity;

    /** What could not be told while the cache was away, if the store goes on then; else null. */
    private final @Nullable MissedSteps missed;

    Indexes(
            Map<String, Function<Session, @Nullable String>> functions,
            @Nullable Cache<String, byte[]> cache,
            InstantSource clock,
            int capacity,
            @Nullable MissedSteps missed) {
        this.functions = Map.copyOf(functions);
        this.cache = cache;
        this.clock = clock;
        this.capacity = capacity;
        this.missed = missed;
    }

    /** Returns the values that a session has now, by the names of the indexes. */
    Map<String, String> valuesOf(Session session) {
        Map<String, String> values = new LinkedHashMap<>();
        functions.forEach((name, function) -> {
            String value = function.apply(session);
            if (value != null) {
                values.put(name, value);
            }
        });
        return values;
    }

    /** Whether it is time to say again that a session is there. */
    boolean isDue(Session session) {
        Times times = session.times();
        return !session.indexes().isEmpty() && times.idle() > 0 && clock.millis() - times.indexed() >= times.idle();
    }

    /** Adds a session, unless there are as many as the limit says. */
    boolean add(String index, String value, String key, long until, int limit) {
        AddMember step = new AddMember(clock.millis(), key, until, limit, capacity);
        return invoke(index, value, step);
    }

    void add(Map<String, String> values, String key, long until) {
        values.forEach((index, value) -> {
            if (functions.containsKey(index)) {
                add(index, value, key, until, NO_LIMIT);
            }
        });
    }

    List<Member> members(String index, String value) {
        return Members.decode(CacheCalls.call(cache(index), each -> each.get(Keys.ofIndexed(index, value))));
    }

    void drop(String index, String value, Set<String> keys) {
        DropMembers step = new DropMembers(clock.millis(), keys);
        invoke(index, value, step);
    }

    void drop(Map<String, String> values, String key) {
        values.forEach((index, value) -> {
            if (functions.containsKey(index)) {
                drop(index, value, Set.of(key));
            }
        });
    }

    private boolean invoke(String index, String value, IndexStep step) {
        String key = Keys.ofIndexed(index, value);
        try {
            return CacheCalls.call(cache(index), each -> each.invoke(key, step));
        } catch (SessionStoreException e) {
            if (missed == null) {
                throw e;
            }
            missed.add(key, step);
            return true;
        }
    }

    /** Whether the store goes on without indexes while their cache is away. */
    boolean canBeAway() {
        return missed != null;
    }

    /** Tells what could not be told before. */
    void tellMissed() {
        Cache<String, byte[]> present = cache;
        if (missed != null && present != null) {
            missed.forEach((key, step) -> CacheCalls.call(present, each -> each.invoke(key, step)));
        }
    }

    /** Returns until when a session with these times counts as there: twice the idle timeout, as it says so again after one. */
    long until(Times times) {
        return times.idle() <= 0
                ? times.ends()
                : Math.min(times.ends(), Times.later(Times.later(clock.millis(), times.idle()), times.idle()));
    }

    private Cache<String, byte[]> cache(String index) {
        if (cache == null || !functions.containsKey(index)) {
            throw new IllegalArgumentException(
                    "there is no index \"" + index + "\"; declare it when the session store is built");
        }
        return cache;
    }
}

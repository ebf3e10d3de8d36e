package dev.larder.patterns.session;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.ModifiedExpiryPolicy;
import org.jspecify.annotations.Nullable;

/** Makes a {@link SessionStore}. Methods change a setting and return the builder. */
public final class SessionStoreBuilder {

    private static final String INDEX_SUFFIX = ".index";

    private final @Nullable CacheManager manager;
    private final @Nullable String name;
    private @Nullable Cache<String, byte[]> cache;
    private @Nullable Cache<String, byte[]> indexCache;

    private Duration idleTimeout = Duration.ofMinutes(30);
    private @Nullable Duration absoluteTimeout;
    private @Nullable Duration renewIdAfter;
    private Duration renewalGrace = Duration.ofSeconds(10);
    private Duration tombstoneFor = Duration.ofMinutes(5);
    private @Nullable Duration sweepEvery;
    private AttributeCodec codec = AttributeCodec.plain();
    private int maxAttributeBytes = 256 << 10;
    private int maxSessionBytes = 1 << 20;
    private boolean compareAndSet;
    private boolean detectInPlaceChanges;
    private int maxIndexed = 10_000;
    private int localSessions = 10_000;
    private WhenStoreFails whenStoreFails = WhenStoreFails.FAIL;
    private InstantSource clock = InstantSource.system();
    private IdGenerator ids = IdGenerator.secure();
    private final List<SessionListener> listeners = new ArrayList<>();
    private final Map<String, Function<Session, @Nullable String>> indexes = new LinkedHashMap<>();
    private final Map<String, Crowding.Limit> limits = new HashMap<>();

    SessionStoreBuilder(Cache<String, byte[]> cache, @Nullable Cache<String, byte[]> indexCache) {
        this.manager = null;
        this.name = null;
        this.cache = cache;
        this.indexCache = indexCache;
    }

    SessionStoreBuilder(CacheManager manager, String name) {
        this.manager = manager;
        this.name = name;
    }

    /** Sets how long a new session lives without an access; 30 minutes unless told otherwise, and for ever by zero or less. */
    public SessionStoreBuilder idleTimeout(Duration timeout) {
        idleTimeout = Objects.requireNonNull(timeout, "timeout");
        return this;
    }

    /** Sets how long a session lives at most, however much it is used; there is no such limit unless told otherwise. */
    public SessionStoreBuilder absoluteTimeout(Duration timeout) {
        Durations.positive(timeout, "absoluteTimeout");
        absoluteTimeout = timeout;
        return this;
    }

    /** Sets after how long a session {@linkplain Session#needsRenewal needs} another id; never unless told otherwise. */
    public SessionStoreBuilder renewIdAfter(Duration age) {
        Durations.positive(age, "renewIdAfter");
        renewIdAfter = age;
        return this;
    }

    /**
     * Sets how long an id that was {@linkplain SessionStore#renewId renewed} still leads to its session, for the other requests of a page that are on their way with it; 10 seconds unless told otherwise, and not at all by
     * zero. After {@link SessionStore#rotateId} the old id is dead at once.
     */
    public SessionStoreBuilder renewalGrace(Duration grace) {
        if (grace.isNegative()) {
            throw new IllegalArgumentException("renewalGrace must not be negative: " + grace);
        }
        renewalGrace = grace;
        return this;
    }

    /**
     * Sets for how long it is remembered that a session ended or has another id; 5 minutes unless told otherwise. It is to be longer than any request takes: what a request saves later than that under
     * an old id is lost.
     */
    public SessionStoreBuilder tombstoneFor(Duration time) {
        Durations.positive(time, "tombstoneFor");
        tombstoneFor = time;
        return this;
    }

    /**
     * Lets this instance look now and then for sessions whose time is over, so that listeners hear of them also if nobody asks for them again; not unless told so. Each end is told by one instance of the fleet. Sessions
     * stay in the cache for twice that time beyond their own, for their attributes to be told.
     */
    public SessionStoreBuilder sweepEvery(Duration pause) {
        Durations.positive(pause, "sweepEvery");
        sweepEvery = pause;
        return this;
    }

    /** Sets how attributes become bytes; {@link AttributeCodec#plain} unless told otherwise. */
    public SessionStoreBuilder codec(AttributeCodec newCodec) {
        codec = Objects.requireNonNull(newCodec, "newCodec");
        return this;
    }

    /** Lets sessions be found by what a function says of them when they are saved; null is for those that are not to be found. */
    public SessionStoreBuilder index(String indexName, Function<Session, @Nullable String> value) {
        if (indexName.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("the name of an index must hold no zero character");
        }
        if (indexes.putIfAbsent(indexName, Objects.requireNonNull(value, "value")) != null) {
            throw new IllegalStateException("the index \"" + indexName + "\" was already set");
        }
        return this;
    }

    /** Lets sessions be found by the text of an attribute, by an index of the attribute's name. */
    public SessionStoreBuilder index(String attribute) {
        return index(attribute, session -> {
            Object value = session.attribute(attribute);
            return value == null ? null : value.toString();
        });
    }

    /** Sets the cache of the indexes, for a store that was started by {@link SessionStore#over}. */
    public SessionStoreBuilder indexCache(Cache<String, byte[]> newCache) {
        indexCache = Objects.requireNonNull(newCache, "newCache");
        return this;
    }

    /** Sets how many sessions of one value an index remembers; 10,000 unless told otherwise. Beyond that it forgets those that have the value for longest. */
    public SessionStoreBuilder maxIndexed(int sessions) {
        maxIndexed = positive(sessions, "maxIndexed");
        return this;
    }

    /** Sets how many sessions there may be of one value of an index, and who goes; there is no such limit unless told otherwise. */
    public SessionStoreBuilder maxSessions(String index, int limit, WhenTooMany whenTooMany) {
        limits.put(
                Objects.requireNonNull(index, "index"),
                new Crowding.Limit(positive(limit, "maxSessions"), Objects.requireNonNull(whenTooMany, "whenTooMany")));
        return this;
    }

    /** Sets how large an attribute may be; 256 KiB unless told otherwise. */
    public SessionStoreBuilder maxAttributeBytes(int bytes) {
        maxAttributeBytes = positive(bytes, "maxAttributeBytes");
        return this;
    }

    /** Sets how large a session may be; 1 MiB unless told otherwise. */
    public SessionStoreBuilder maxSessionBytes(int bytes) {
        maxSessionBytes = positive(bytes, "maxSessionBytes");
        return this;
    }

    /**
     * Sets whether a save fails with {@link SaveResult#CONFLICT} if others changed the same attribute since the session was found; not so unless told otherwise: the last one to save an attribute wins.
     */
    public SessionStoreBuilder compareAndSet(boolean on) {
        compareAndSet = on;
        return this;
    }

    /**
     * Sets whether a save notices that the object in an attribute was changed, without the attribute being set; not unless told otherwise. It costs to write each attribute that was read
     * as bytes again, when it is read and when it is saved.
     */
    public SessionStoreBuilder detectInPlaceChanges(boolean on) {
        detectInPlaceChanges = on;
        return this;
    }

    /** Sets what happens while the cache cannot be reached; {@link WhenStoreFails#FAIL} unless told otherwise. */
    public SessionStoreBuilder whenStoreFails(WhenStoreFails choice) {
        whenStoreFails = Objects.requireNonNull(choice, "choice");
        return this;
    }

    /** Sets of how many sessions this instance keeps a copy for the time when the cache is away, unless it fails then; 10,000 unless told otherwise, those that were seen last. */
    public SessionStoreBuilder localSessions(int sessions) {
        localSessions = positive(sessions, "localSessions");
        return this;
    }

    /** Adds one who is told what becomes of sessions. */
    public SessionStoreBuilder listener(SessionListener listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /** Sets where the time comes from; the system's clock unless told otherwise. The clocks of all instances should agree within seconds. */
    public SessionStoreBuilder clock(InstantSource newClock) {
        clock = Objects.requireNonNull(newClock, "newClock");
        return this;
    }

    /** Sets where ids come from; {@link IdGenerator#secure} unless told otherwise. */
    public SessionStoreBuilder ids(IdGenerator generator) {
        ids = Objects.requireNonNull(generator, "generator");
        return this;
    }

    /**
     * Returns the store.
     *
     * @throws IllegalStateException if settings are at odds
     */
    public SessionStore build() {
        for (String index : limits.keySet()) {
            if (!indexes.containsKey(index)) {
                throw new IllegalStateException("maxSessions is set for \"" + index + "\", and there is no such index");
            }
        }
        if (manager == null && indexCache == null && !indexes.isEmpty()) {
            throw new IllegalStateException("an index needs a cache of its own: set indexCache");
        }
        return new SessionStore(this);
    }

    Sessions sessions() {
        SessionRules rules = new SessionRules(
                clock,
                Durations.millis(idleTimeout),
                absoluteTimeout == null ? null : Durations.millis(absoluteTimeout),
                renewIdAfter == null ? null : Durations.millis(renewIdAfter),
                Durations.millis(renewalGrace),
                Durations.millis(tombstoneFor),
                sweepEvery == null ? 0 : 2 * Durations.millis(sweepEvery));
        AttributeRules attributeRules =
                new AttributeRules(codec, maxAttributeBytes, compareAndSet, detectInPlaceChanges);
        return new Sessions(rules, attributeRules, new Events(listeners), ids);
    }

    Cache<String, byte[]> cache() {
        Cache<String, byte[]> known = cache;
        if (known == null) {
            known = cache("");
            cache = known;
        }
        return known;
    }

    Records records(Indexes indexes) {
        Records inCache = new CacheRecords(cache());
        return whenStoreFails == WhenStoreFails.FAIL
                ? inCache
                : new FallbackRecords(
                        inCache,
                        new LocalCopies(localSessions),
                        whenStoreFails == WhenStoreFails.LOCAL,
                        indexes::tellMissed,
                        clock);
    }

    Indexes indexes() {
        if (indexCache == null && !indexes.isEmpty()) {
            indexCache = cache(INDEX_SUFFIX);
        }
        return new Indexes(
                indexes,
                indexCache,
                clock,
                maxIndexed,
                whenStoreFails == WhenStoreFails.LOCAL ? new MissedSteps(localSessions) : null);
    }

    /** Returns the caches that the store is going to use. */
    List<Cache<String, byte[]>> caches() {
        Cache<String, byte[]> ofIndexes = indexCache;
        return indexes.isEmpty() || ofIndexes == null ? List.of(cache()) : List.of(cache(), ofIndexes);
    }

    WhenStoreFails whenStoreFails() {
        return whenStoreFails;
    }

    @Nullable
    Duration sweepEvery() {
        return sweepEvery;
    }

    Map<String, Crowding.Limit> limits() {
        return limits;
    }

    int maxSessionBytes() {
        return maxSessionBytes;
    }

    /** Gets the cache, or makes it. Larder sets the time of each entry exactly; elsewhere what was last written twice the idle timeout ago may go. */
    private Cache<String, byte[]> cache(String suffix) {
        CacheManager from = Objects.requireNonNull(manager, "manager");
        String cacheName = name + suffix;
        Cache<String, byte[]> present = from.getCache(cacheName); // also one of no declared types
        if (present != null) {
            return present;
        }
        MutableConfiguration<String, byte[]> configuration =
                new MutableConfiguration<String, byte[]>().setTypes(String.class, byte[].class);
        if (!idleTimeout.isZero() && !idleTimeout.isNegative()) {
            long millis = Math.max(2 * Durations.millis(idleTimeout), Durations.millis(tombstoneFor));
            configuration.setExpiryPolicyFactory(
                    ModifiedExpiryPolicy.factoryOf(new javax.cache.expiry.Duration(TimeUnit.MILLISECONDS, millis)));
        }
        return from.createCache(cacheName, configuration);
    }

    private static int positive(int number, String what) {
        if (number < 1) {
            throw new IllegalArgumentException(what + " must be one or more: " + number);
        }
        return number;
    }
}

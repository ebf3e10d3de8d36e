package dev.larder.store;

import dev.larder.codec.frame.CodecSettings;
import dev.larder.time.Clock;
import dev.larder.time.Timer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;

/**
 * What a store is told when it is opened: whose entries it will keep, and the time and threads it may use.
 *
 * @param <K> the type of key
 * @param <V> the type of value
 * @param name the name of the cache, for messages
 * @param keyType the declared type of keys, {@code Object} if none was
 * @param valueType the declared type of values, {@code Object} if none was
 * @param codecs how a store of bytes writes them; see {@link CodecSettings#open}
 * @param clock tells the store when a deadline has come
 * @param timer wakes the store for work that nobody's call does
 * @param executor runs that work
 * @param leases whether {@link Store#lease} will be called; a store may choose a simpler layout if not
 * @param needsDeadline whether entries must tell {@link Entry#remainingMillis()}, which costs a clock read
 * @param storeDeadline how long a call of the store may take, see {@link StoreTraits#endsCallsInTime()}
 */
public record StoreContext<K, V>(
        String name,
        Class<K> keyType,
        Class<V> valueType,
        CodecSettings<K, V> codecs,
        Clock clock,
        Timer timer,
        Executor executor,
        boolean leases,
        boolean needsDeadline,
        Duration storeDeadline) {

    /** How long a call may take if nothing is said. */
    public static final Duration DEFAULT_STORE_DEADLINE = Duration.ofSeconds(1);

    /** Checks for null. */
    public StoreContext {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(keyType, "keyType");
        Objects.requireNonNull(valueType, "valueType");
        Objects.requireNonNull(codecs, "codecs");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(timer, "timer");
        Objects.requireNonNull(executor, "executor");
        Objects.requireNonNull(storeDeadline, "storeDeadline");
    }

    /** Returns the context of a cache on the system's clock, timer and common pool, with leases and without deadlines. */
    public static <K, V> StoreContext<K, V> of(String name, Class<K> keyType, Class<V> valueType) {
        return new StoreContext<>(
                name,
                keyType,
                valueType,
                CodecSettings.of(keyType, valueType),
                Clock.system(),
                Timer.system(),
                ForkJoinPool.commonPool(),
                true,
                false,
                DEFAULT_STORE_DEADLINE);
    }

    /** Returns this context with other codecs. */
    public StoreContext<K, V> withCodecs(CodecSettings<K, V> newCodecs) {
        return new StoreContext<>(
                name, keyType, valueType, newCodecs, clock, timer, executor, leases, needsDeadline, storeDeadline);
    }

    /** Returns this context with another clock and timer. */
    public StoreContext<K, V> withTime(Clock newClock, Timer newTimer) {
        return new StoreContext<>(
                name, keyType, valueType, codecs, newClock, newTimer, executor, leases, needsDeadline, storeDeadline);
    }

    /** Returns this context with another executor. */
    public StoreContext<K, V> withExecutor(Executor newExecutor) {
        return new StoreContext<>(
                name, keyType, valueType, codecs, clock, timer, newExecutor, leases, needsDeadline, storeDeadline);
    }

    /** Returns this context with or without leases. */
    public StoreContext<K, V> withLeases(boolean newLeases) {
        return new StoreContext<>(
                name, keyType, valueType, codecs, clock, timer, executor, newLeases, needsDeadline, storeDeadline);
    }

    /** Returns this context with or without the need for remaining times. */
    public StoreContext<K, V> withNeedsDeadline(boolean newNeedsDeadline) {
        return new StoreContext<>(
                name, keyType, valueType, codecs, clock, timer, executor, leases, newNeedsDeadline, storeDeadline);
    }

    /** Returns this context with another time that a call may take. */
    public StoreContext<K, V> withStoreDeadline(Duration newStoreDeadline) {
        return new StoreContext<>(
                name, keyType, valueType, codecs, clock, timer, executor, leases, needsDeadline, newStoreDeadline);
    }
}

package dev.larder.jcache.internal.config;

import dev.larder.jcache.CacheSettings;
import dev.larder.store.Ttl;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import javax.cache.expiry.EternalExpiryPolicy;

/**
 * The table of all settings of a cache. What files may say, their schema and the table in the documents come from here: to
 * add a setting, add a line, and its group to {@link CacheSettings.Builder#explicitSettings()}.
 */
final class Settings {

    static final String EXPIRY = "expiry";
    private static final String CODEC = "codec";
    private static final String EXPIRY_DEFAULT = "never";

    static final Setting<String> STORE = new Setting<>(
            "store", "store", ValueType.STORE, "heap", "Where the entries are kept.", (to, value) -> to.useStore());

    static final Setting<Long> MAXIMUM_SIZE = new Setting<>(
            "maximumSize",
            "store",
            ValueType.COUNT,
            "no bound",
            "About how many entries are kept at most; the least useful goes first. Only where the store can be bounded, as"
                    + " the heap can.",
            (to, value) -> to.useStore());

    static final Setting<String> LOADER = new Setting<>(
            "loader",
            "loader",
            ValueType.LOADER,
            "none",
            "Loads missing values (read-through). A public `CacheLoader` with a public constructor without parameters.",
            (to, value) -> to.useLoader(value));

    static final Setting<String> WRITER = new Setting<>(
            "writer",
            "writer",
            ValueType.WRITER,
            "none",
            "Is passed changes before the cache changes (write-through). A public `CacheWriter` with a public constructor"
                    + " without parameters.",
            (to, value) -> to.useWriter(value));

    static final Setting<String> KEY_TYPE = new Setting<>(
            "keyType", "types", ValueType.TYPE, "java.lang.Object", "The class of keys.", (to, value) -> {});

    static final Setting<String> VALUE_TYPE = new Setting<>(
            "valueType", "types", ValueType.TYPE, "java.lang.Object", "The class of values.", (to, value) -> {});

    /** What {@code defaults}, templates and caches may say, in the order in which it takes effect. */
    static final List<Setting<?>> EVERYWHERE = List.of(
            STORE,
            MAXIMUM_SIZE,
            new Setting<>(
                    "onStoreFailure",
                    "onStoreFailure",
                    ValueType.ON_STORE_FAILURE,
                    "`degrade` if shared",
                    "What the cache does while its store fails: go on without it, or fail with it. Stores that are not shared fail.",
                    (to, value) -> to.builder().onStoreFailure(value.value())),
            new Setting<>(
                    "maxStale",
                    "maxStale",
                    ValueType.DURATION,
                    "no bound",
                    "How long another JVM may read at most what was replaced while the store failed: no entry lives longer after"
                            + " it was written. A shared store needs this or an `expireAfter…`, unless failures are to `fail`.",
                    (to, value) -> to.builder().maxStale(value.value())),
            new Setting<>(
                    "storeDeadline",
                    "storeDeadline",
                    ValueType.DURATION,
                    "1s",
                    "How long a call of a store that can fail may take.",
                    (to, value) -> to.builder().storeDeadline(value.value())),
            expiry(
                    "expireAfterWrite",
                    "How long an entry lives after it was created or updated last.",
                    CacheSettings.Builder::expireAfterWrite),
            expiry(
                    "expireAfterCreation",
                    "How long an entry lives after it was created, whatever happens to it.",
                    CacheSettings.Builder::expireAfterCreation),
            expiry(
                    "expireAfterAccess",
                    "How long an entry lives after it was created or read last; an update leaves its deadline.",
                    CacheSettings.Builder::expireAfterAccess),
            expiry(
                    "expireAfterTouch",
                    "How long an entry lives after it was created, updated or read last.",
                    CacheSettings.Builder::expireAfterTouch),
            new Setting<>(
                    "jitter",
                    "jitter",
                    ValueType.JITTER,
                    "0",
                    "The largest part by which the `expireAfter…` of an entry is shortened, always the same for the same key, so that"
                            + " what was written together does not expire together.",
                    (to, value) -> to.builder().jitter(value.value())),
            new Setting<>(
                    "codec",
                    CODEC,
                    ValueType.CODEC,
                    "auto",
                    "How a store of bytes writes values. `auto`: JSON for declared types, else self-describing.",
                    (to, value) -> to.codec(value.value())),
            new Setting<>(
                    "allow",
                    CODEC,
                    ValueType.CLASSES,
                    "none",
                    "The classes that a store of bytes may hold in a cache without declared types, or by Java serialisation.",
                    (to, value) -> to.allow(value)),
            new Setting<>(
                    "jacksonModules",
                    CODEC,
                    ValueType.MODULES,
                    "none",
                    "Modules that tell Jackson how to write and read classes that it does not know. Public, with a public"
                            + " constructor without parameters.",
                    (to, value) -> to.jacksonModules(value)),
            new Setting<>(
                    "compress",
                    CODEC,
                    ValueType.BOOLEAN,
                    "false",
                    "Whether a store of bytes compresses values of 1 KiB and more.",
                    (to, value) -> to.compress(value.value())),
            new Setting<>(
                    "storeByReference",
                    "storeByReference",
                    ValueType.BOOLEAN,
                    "false",
                    "Whether the cache hands out the objects put into it instead of copies.",
                    (to, value) -> to.builder().storeByReference(value.value())),
            LOADER,
            new Setting<>(
                    "readThrough",
                    "readThrough",
                    ValueType.BOOLEAN,
                    "if `loader` is set",
                    "Whether a miss calls the loader; if not, only `loadAll` does.",
                    (to, value) -> to.readThrough(value)),
            new Setting<>(
                    "maxLoads",
                    "maxLoads",
                    ValueType.POSITIVE,
                    "no bound",
                    "How many loads run at once; others wait. A `loadAll` is one load.",
                    (to, value) -> to.builder().maxLoads(value.value())),
            new Setting<>(
                    "maxWaitingLoads",
                    "maxWaitingLoads",
                    ValueType.NUMBER,
                    "1000",
                    "How many loads wait while `maxLoads` run; one more fails at once.",
                    (to, value) -> to.builder().maxWaitingLoads(value.value())),
            new Setting<>(
                    "maxLoadWait",
                    "maxLoadWait",
                    ValueType.DURATION,
                    "10s",
                    "How long a load waits while `maxLoads` run; then it fails.",
                    (to, value) -> to.builder().maxLoadWait(value.value())),
            new Setting<>(
                    "coalesceLoads",
                    "coalesceLoads",
                    ValueType.DURATION,
                    "none",
                    "How long a load waits for others, to be loaded with them by one `loadAll`.",
                    (to, value) -> to.builder().coalesceLoads(value.value())),
            new Setting<>(
                    "maxCoalescedLoads",
                    "maxCoalescedLoads",
                    ValueType.TWO_OR_MORE,
                    "100",
                    "How many keys `coalesceLoads` gathers; then it waits no longer.",
                    (to, value) -> to.builder().maxCoalescedLoads(value.value())),
            load(
                    "negativeTtl",
                    "not remembered",
                    "How long it is remembered that the loader has no value for a key.",
                    CacheSettings.Builder::negativeTtl),
            load(
                    "exceptionTtl",
                    "not remembered",
                    "How long it is remembered that the loader failed for a key; who misses the key gets that failure.",
                    CacheSettings.Builder::exceptionTtl),
            load(
                    "staleWhileRevalidate",
                    "not at all",
                    "How long after it expired a value is still served by `get` and `getAll` while it is loaded anew in the"
                            + " background.",
                    CacheSettings.Builder::staleWhileRevalidate),
            load(
                    "staleIfError",
                    "not at all",
                    "How long after it expired a value is still served by `get` and `getAll` if it cannot be loaded anew.",
                    CacheSettings.Builder::staleIfError),
            load(
                    "staleIfErrorBackoff",
                    "1s",
                    "How long after a failure an old value is served without another try.",
                    CacheSettings.Builder::staleIfErrorBackoff),
            load(
                    "hardTimeout",
                    "no bound",
                    "How long a call waits for the loader at most; then it fails, or gets the old value if there is one.",
                    CacheSettings.Builder::hardTimeout),
            load(
                    "softTimeout",
                    "no shorter",
                    "How long a call waits for the loader at most if there is an old value, which needs `staleIfError`.",
                    CacheSettings.Builder::softTimeout),
            new Setting<>(
                    "refreshAhead",
                    "refreshAhead",
                    ValueType.FRACTION,
                    "not at all",
                    "After which part of its TTL a value that is read is loaded anew in the background.",
                    (to, value) -> to.builder().refreshAhead(value.value())),
            new Setting<>(
                    "earlyRefresh",
                    "earlyRefresh",
                    ValueType.FACTOR,
                    "not at all",
                    "How eagerly a value that is read is loaded anew in the background before its TTL ends, by chance: 1 is good,"
                            + " more is more eager.",
                    (to, value) -> to.builder().earlyRefresh(value.value())),
            WRITER,
            new Setting<>(
                    "writeThrough",
                    "writeThrough",
                    ValueType.BOOLEAN,
                    "if `writer` is set",
                    "Whether the writer is called.",
                    (to, value) -> to.writeThrough(value)),
            new Setting<>(
                    "statistics",
                    "statistics",
                    ValueType.BOOLEAN,
                    "false",
                    "Whether hits, misses and the like are counted, and shown by an MXBean.",
                    (to, value) -> to.builder().statistics(value.value())),
            new Setting<>(
                    "management",
                    "management",
                    ValueType.BOOLEAN,
                    "false",
                    "Whether MXBeans show the configuration and, of a store that can fail, its health.",
                    (to, value) -> to.builder().management(value.value())));

    /** What counts only where there is a loader. */
    static final Set<String> OF_LOADS = Set.of(
            "maxLoads",
            "maxWaitingLoads",
            "maxLoadWait",
            "coalesceLoads",
            "maxCoalescedLoads",
            "negativeTtl",
            "exceptionTtl",
            "staleWhileRevalidate",
            "staleIfError",
            "staleIfErrorBackoff",
            "hardTimeout",
            "softTimeout",
            "refreshAhead",
            "earlyRefresh");

    /** What a cache in {@code caches} may say. */
    static final List<Setting<?>> OF_CACHES =
            Stream.concat(EVERYWHERE.stream(), Stream.of(KEY_TYPE, VALUE_TYPE)).toList();

    private Settings() {}

    private static Setting<Duration> load(
            String name, String none, String doc, BiConsumer<CacheSettings.Builder<?, ?>, Duration> effect) {
        return new Setting<>(
                name, name, ValueType.DURATION, none, doc, (to, value) -> effect.accept(to.builder(), value.value()));
    }

    private static Setting<Ttl> expiry(
            String name, String doc, BiConsumer<CacheSettings.Builder<?, ?>, Duration> effect) {
        return new Setting<>(name, EXPIRY, ValueType.EXPIRY, EXPIRY_DEFAULT, doc, (to, value) -> {
            if (value.value().isEternal()) {
                to.builder().expiryPolicy(EternalExpiryPolicy.factoryOf());
            } else {
                effect.accept(to.builder(), Duration.ofMillis(value.value().millis()));
            }
        });
    }
}

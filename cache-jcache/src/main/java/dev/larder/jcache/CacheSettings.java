package dev.larder.jcache;

import dev.larder.codec.ValueType;
import dev.larder.codec.frame.CodecSettings;
import dev.larder.copy.Copier;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreFactory;
import dev.larder.store.Ttl;
import dev.larder.store.guard.OnStoreFailure;
import dev.larder.store.heap.HeapStore;
import dev.larder.store.heap.Weigher;
import java.io.Serial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.Factory;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import org.jspecify.annotations.Nullable;

// Over 400 lines: a getter or two lines of builder for each setting, and the Javadoc of each. There is one idea in it.
/**
 * How a cache is to be: all that JCache lets one say, and what Larder adds to it. Immutable.
 *
 * <pre>{@code
 * CacheSettings<String, Airport> settings = CacheSettings.builder(String.class, Airport.class)
 *         .maximumSize(10_000)
 *         .expireAfterWrite(Duration.ofMinutes(10))
 *         .loader(new AirportLoader(dataSource))
 *         .build();
 * Cache<String, Airport> airports = cacheManager.createCache("airports", settings);
 * }</pre>
 *
 * <p>Without further word a cache is on the heap and unbounded, its entries never expire, and it keeps copies of mutable
 * keys and values (store by value, as the standard wants). Where a configuration file has a template for the cache, that
 * comes first: it decides what these settings leave unsaid.
 *
 * @param <K> the type of key
 * @param <V> the type of value
 */
public final class CacheSettings<K, V> implements CompleteConfiguration<K, V> {

    @Serial
    private static final long serialVersionUID = 1L;

    /** The largest {@link Builder#jitter jitter} that is allowed. */
    public static final double MOST_JITTER = 0.5;

    private final Class<K> keyType;
    private final Class<V> valueType;
    private final boolean storeByValue;
    private final boolean readThrough;
    private final boolean writeThrough;
    private final boolean statisticsEnabled;
    private final boolean managementEnabled;
    private final Factory<ExpiryPolicy> expiryPolicyFactory;
    private final double jitter;
    private final @Nullable Factory<CacheLoader<K, V>> loaderFactory;
    private final @Nullable Integer maxLoads;
    private final int maxWaitingLoads;
    private final Duration maxLoadWait;
    private final @Nullable Duration coalesceLoads;
    private final int maxCoalescedLoads;
    private final @Nullable Factory<CacheWriter<? super K, ? super V>> writerFactory;

    @SuppressWarnings("serial") // an ArrayList of configurations, which the standard wants to be serializable
    private final List<CacheEntryListenerConfiguration<K, V>> listeners;

    @SuppressWarnings("serial") // a map of the JDK; whoever serialises settings with copiers makes these serializable
    private final Map<Class<?>, Copier<?>> copiers;

    private final StoreFactory storeFactory;
    private final CodecCustomizer<K, V> codecs;
    private final @Nullable OnStoreFailure onStoreFailure;
    private final @Nullable Duration maxStale;
    private final Duration storeDeadline;
    private final LoadSettings loads;

    @SuppressWarnings("serial") // an immutable set of the JDK, which is serializable
    private final Set<String> explicit;

    private CacheSettings(Builder<K, V> builder) {
        keyType = builder.keyType;
        valueType = builder.valueType;
        storeByValue = builder.storeByValue;
        readThrough = builder.readThrough;
        writeThrough = builder.writeThrough;
        statisticsEnabled = builder.statisticsEnabled;
        managementEnabled = builder.managementEnabled;
        expiryPolicyFactory = builder.expiryPolicyFactory;
        jitter = builder.jitter;
        loaderFactory = builder.loaderFactory;
        maxLoads = builder.maxLoads;
        maxWaitingLoads = builder.maxWaitingLoads;
        maxLoadWait = builder.maxLoadWait;
        coalesceLoads = builder.coalesceLoads;
        maxCoalescedLoads = builder.maxCoalescedLoads;
        writerFactory = builder.writerFactory;
        listeners = new ArrayList<>(builder.listeners);
        // in their order, which counts: a value may be of several of these types
        copiers = Collections.unmodifiableMap(new LinkedHashMap<>(builder.copiers));
        storeFactory = builder.storeFactory == null ? builder.inheritedStoreFactory : builder.storeFactory;
        codecs = builder.codecs;
        onStoreFailure = builder.onStoreFailure;
        maxStale = builder.maxStale;
        storeDeadline = builder.storeDeadline;
        loads = builder.loads;
        explicit = builder.explicitSettings();
    }

    /** Starts settings of a cache with these types of key and value, which it checks on every put. */
    public static <K, V> Builder<K, V> builder(Class<K> keyType, Class<V> valueType) {
        return new Builder<>(keyType, valueType);
    }

    /**
     * Starts settings that begin as another configuration; that one may change afterwards without effect.
     *
     * <p>What a configuration that is not one of Larder's has at the standard's default counts as unsaid.
     */
    public static <K, V> Builder<K, V> builder(Configuration<K, V> configuration) {
        return new Builder<>(Objects.requireNonNull(configuration, "configuration"));
    }

    /** Returns settings that say what another configuration says; that one may change afterwards without effect. */
    public static <K, V> CacheSettings<K, V> from(Configuration<K, V> configuration) {
        Objects.requireNonNull(configuration, "configuration");
        return configuration instanceof CacheSettings<K, V> settings ? settings : new Builder<>(configuration).build();
    }

    /** Starts settings that begin as these. */
    public Builder<K, V> toBuilder() {
        return new Builder<>(this);
    }

    @Override
    public Class<K> getKeyType() {
        return keyType;
    }

    @Override
    public Class<V> getValueType() {
        return valueType;
    }

    @Override
    public boolean isStoreByValue() {
        return storeByValue;
    }

    @Override
    public boolean isReadThrough() {
        return readThrough;
    }

    @Override
    public boolean isWriteThrough() {
        return writeThrough;
    }

    @Override
    public boolean isStatisticsEnabled() {
        return statisticsEnabled;
    }

    @Override
    public boolean isManagementEnabled() {
        return managementEnabled;
    }

    /** Returns the listeners; the list is immutable. */
    @Override
    public Iterable<CacheEntryListenerConfiguration<K, V>> getCacheEntryListenerConfigurations() {
        return List.copyOf(listeners);
    }

    @Override
    @SuppressWarnings("NullAway") // null is what the standard wants for none, and javax.cache has no annotations
    public Factory<CacheLoader<K, V>> getCacheLoaderFactory() {
        return loaderFactory;
    }

    @Override
    @SuppressWarnings("NullAway") // null is what the standard wants for none, and javax.cache has no annotations
    public Factory<CacheWriter<? super K, ? super V>> getCacheWriterFactory() {
        return writerFactory;
    }

    @Override
    public Factory<ExpiryPolicy> getExpiryPolicyFactory() {
        return expiryPolicyFactory;
    }

    /** Returns the largest part that the TTLs of the expiry policy are shortened by; zero if they are not. */
    public double getJitter() {
        return jitter;
    }

    /** Returns how many loads run at once, or null if that has no bound. */
    public @Nullable Integer getMaxLoads() {
        return maxLoads;
    }

    /** Returns how many loads may wait while {@link #getMaxLoads} run. */
    public int getMaxWaitingLoads() {
        return maxWaitingLoads;
    }

    /** Returns how long a load waits while {@link #getMaxLoads} run. */
    public Duration getMaxLoadWait() {
        return maxLoadWait;
    }

    /** Returns how long a load waits for others to go with it, or null if it does not. */
    public @Nullable Duration getCoalesceLoads() {
        return coalesceLoads;
    }

    /** Returns how many loads go together at most. */
    public int getMaxCoalescedLoads() {
        return maxCoalescedLoads;
    }

    /** Returns what opens the cache's store. */
    public StoreFactory getStoreFactory() {
        return storeFactory;
    }

    /** Returns how a store of bytes is to write keys and values. */
    public CodecSettings<K, V> getCodecSettings() {
        CodecSettings.Builder<K, V> plain = CodecSettings.builder(ValueType.of(keyType), ValueType.of(valueType));
        return Objects.requireNonNull(codecs.customize(plain), "a customizer of codecs returned null")
                .build();
    }

    /** Returns what the cache does while its store fails, or null if the kind of store decides that. */
    public @Nullable OnStoreFailure getOnStoreFailure() {
        return onStoreFailure;
    }

    /** Returns how long an entry may live at most that is replaced while the store fails, or null if that has no bound. */
    public @Nullable Duration getMaxStale() {
        return maxStale;
    }

    /** Returns how long a call of a store that can fail may take. */
    public Duration getStoreDeadline() {
        return storeDeadline;
    }

    /** Returns what the cache does when its source has no value or fails. */
    public LoadSettings getLoadSettings() {
        return loads;
    }

    /** Returns the copiers for values of certain types, which come before those that Larder has; the map is immutable. */
    public Map<Class<?>, Copier<?>> getCopiers() {
        return copiers;
    }

    /**
     * Collects settings. For one thread.
     *
     * @param <K> the type of key
     * @param <V> the type of value
     */
    public static final class Builder<K, V> {

        private final Class<K> keyType;
        private final Class<V> valueType;
        private final List<CacheEntryListenerConfiguration<K, V>> listeners = new ArrayList<>();
        private final Map<Class<?>, Copier<?>> copiers = new LinkedHashMap<>();
        private final Set<String> explicit = new TreeSet<>();
        private boolean storeByValue = true;
        private boolean readThrough;
        private boolean writeThrough;
        private boolean statisticsEnabled;
        private boolean managementEnabled;
        private Factory<ExpiryPolicy> expiryPolicyFactory = EternalExpiryPolicy.factoryOf();
        private double jitter;
        private @Nullable Factory<CacheLoader<K, V>> loaderFactory;
        private @Nullable Integer maxLoads;
        private int maxWaitingLoads = 1_000;
        private Duration maxLoadWait = Duration.ofSeconds(10);
        private @Nullable Duration coalesceLoads;
        private int maxCoalescedLoads = 100;
        private @Nullable Factory<CacheWriter<? super K, ? super V>> writerFactory;
        private @Nullable StoreFactory storeFactory;
        private CodecCustomizer<K, V> codecs = codecs -> codecs;
        private @Nullable OnStoreFailure onStoreFailure;
        private @Nullable Duration maxStale;
        private Duration storeDeadline = StoreContext.DEFAULT_STORE_DEADLINE;
        private LoadSettings loads = LoadSettings.NONE;

        /** What counts until a store is set: the default, or what the settings had that this builder began with. */
        private StoreFactory inheritedStoreFactory = HeapStore.unbounded();

        private Builder(Class<K> keyType, Class<V> valueType) {
            this.keyType = Objects.requireNonNull(keyType, "keyType");
            this.valueType = Objects.requireNonNull(valueType, "valueType");
        }

        private Builder(Configuration<K, V> configuration) {
            this(configuration.getKeyType(), configuration.getValueType());
            storeByValue = configuration.isStoreByValue();
            if (configuration instanceof CompleteConfiguration<K, V> complete) {
                readThrough = complete.isReadThrough();
                writeThrough = complete.isWriteThrough();
                statisticsEnabled = complete.isStatisticsEnabled();
                managementEnabled = complete.isManagementEnabled();
                Factory<ExpiryPolicy> policies = complete.getExpiryPolicyFactory();
                expiryPolicyFactory = policies == null ? expiryPolicyFactory : policies;
                loaderFactory = complete.getCacheLoaderFactory();
                writerFactory = complete.getCacheWriterFactory();
                for (CacheEntryListenerConfiguration<K, V> listener : complete.getCacheEntryListenerConfigurations()) {
                    listeners.add(listener);
                }
            }
            if (configuration instanceof CacheSettings<K, V> settings) {
                jitter = settings.jitter;
                maxLoads = settings.maxLoads;
                maxWaitingLoads = settings.maxWaitingLoads;
                maxLoadWait = settings.maxLoadWait;
                coalesceLoads = settings.coalesceLoads;
                maxCoalescedLoads = settings.maxCoalescedLoads;
                inheritedStoreFactory = settings.storeFactory;
                onStoreFailure = settings.onStoreFailure;
                maxStale = settings.maxStale;
                storeDeadline = settings.storeDeadline;
                loads = settings.loads;
                copiers.putAll(settings.copiers);
                codecs = settings.codecs;
                explicit.addAll(settings.explicit);
            } else {
                sayWhatIsNoDefault();
            }
        }

        /** A configuration of the standard cannot tell a default from the same thing said: what differs was said. */
        private void sayWhatIsNoDefault() {
            says("storeByReference", !storeByValue);
            says("expiry", !EternalExpiryPolicy.factoryOf().equals(expiryPolicyFactory));
            says("loader", loaderFactory != null);
            says("readThrough", readThrough);
            says("writer", writerFactory != null);
            says("writeThrough", writeThrough);
            says("statistics", statisticsEnabled);
            says("management", managementEnabled);
        }

        private void says(String setting, boolean said) {
            if (said) {
                explicit.add(setting);
            }
        }

        /**
         * Returns what was said here and so wins over a template of a configuration file: {@code store} (with its bound),
         * {@code onStoreFailure}, {@code maxStale}, {@code storeDeadline}, {@code expiry}, {@code jitter}, {@code codec},
         * {@code storeByReference}, {@code loader}, {@code readThrough}, {@code maxLoads}, {@code maxWaitingLoads},
         * {@code maxLoadWait}, {@code coalesceLoads}, {@code maxCoalescedLoads}, the settings in {@link LoadSettings} by their
         * names, {@code writer}, {@code writeThrough},
         * {@code statistics}, {@code management}.
         */
        public Set<String> explicitSettings() {
            return Set.copyOf(explicit);
        }

        /**
         * Keeps at most about that many entries on the heap; the least useful goes first.
         *
         * @throws IllegalArgumentException if the number is negative
         * @throws IllegalStateException if the store was set already, by this or another method
         */
        public Builder<K, V> maximumSize(long maximumSize) {
            return store(HeapStore.ofMaximumSize(maximumSize));
        }

        /**
         * Keeps entries on the heap that weigh at most about that much together, in the weigher's unit.
         *
         * @throws IllegalArgumentException if the weight is negative
         * @throws IllegalStateException if the store was set already, by this or another method
         */
        public Builder<K, V> maximumWeight(long maximumWeight, Weigher<? super K, ? super V> weigher) {
            return store(HeapStore.ofMaximumWeight(maximumWeight, weigher));
        }

        /**
         * Keeps entries in another store.
         *
         * @throws IllegalStateException if the store was set already, by this or another method
         */
        public Builder<K, V> store(StoreFactory newStoreFactory) {
            Objects.requireNonNull(newStoreFactory, "storeFactory");
            if (storeFactory != null) {
                throw new IllegalStateException(
                        "the store was set already; use one of maximumSize, maximumWeight and store");
            }
            storeFactory = newStoreFactory;
            explicit.add("store");
            return this;
        }

        /**
         * Says how a store of bytes is to write keys and values; a store on the heap does not ask. May be called several times:
         * each goes on where the one before ended.
         *
         * <pre>{@code
         * .codecs(codecs -> codecs.allow(Cart.class).compression(Compression.deflate()))
         * }</pre>
         */
        public Builder<K, V> codecs(CodecCustomizer<K, V> customizer) {
            Objects.requireNonNull(customizer, "customizer");
            CodecCustomizer<K, V> before = codecs;
            codecs = builder -> customizer.customize(before.customize(builder));
            explicit.add("codec");
            return this;
        }

        /**
         * What the cache does while its store fails; the heap never does. Default: a store that is shared with other JVMs is done
         * without ({@link OnStoreFailure#DEGRADE}), the failure of any other is passed on.
         */
        public Builder<K, V> onStoreFailure(OnStoreFailure newOnStoreFailure) {
            onStoreFailure = Objects.requireNonNull(newOnStoreFailure, "onStoreFailure");
            explicit.add("onStoreFailure");
            return this;
        }

        /**
         * How long another JVM may read a value at most that was replaced here while the store failed: no entry lives longer than
         * that after it was written, and reading moves no deadline. An expiry that says less counts; a TTL that the code gives
         * to one entry is not changed. Counts only where the cache does without a store that fails. Default: no bound.
         *
         * @throws IllegalArgumentException if it is less than a millisecond
         */
        public Builder<K, V> maxStale(Duration newMaxStale) {
            maxStale = atLeastAMilli("maxStale", newMaxStale);
            explicit.add("maxStale");
            return this;
        }

        /**
         * How long a call of a store that can fail may take before the store counts as failing. Default: a second.
         *
         * @throws IllegalArgumentException if it is less than a millisecond
         */
        public Builder<K, V> storeDeadline(Duration newStoreDeadline) {
            storeDeadline = atLeastAMilli("storeDeadline", newStoreDeadline);
            explicit.add("storeDeadline");
            return this;
        }

        static Duration atLeastAMilli(String setting, Duration duration) {
            Objects.requireNonNull(duration, setting);
            if (duration.compareTo(Duration.ofMillis(1)) < 0) {
                throw new IllegalArgumentException(setting + " must be a millisecond or more: " + duration);
            }
            return duration;
        }

        /** Hands the objects put into the cache to those who get them, instead of copies. Default: copies. */
        public Builder<K, V> storeByReference() {
            return storeByReference(true);
        }

        /** Whether the cache hands out the objects put into it instead of copies. Default: copies. */
        public Builder<K, V> storeByReference(boolean byReference) {
            storeByValue = !byReference;
            explicit.add("storeByReference");
            return this;
        }

        /**
         * Copies keys and values of a type with a copier of yours, which is quicker than what works for all types.
         *
         * @throws IllegalStateException if a copier was set for the type already
         */
        public <T> Builder<K, V> copier(Class<T> type, Copier<T> copier) {
            Objects.requireNonNull(type, "type");
            if (copiers.putIfAbsent(type, Objects.requireNonNull(copier, "copier")) != null) {
                throw new IllegalStateException("the copier for " + type.getName() + " was set already");
            }
            return this;
        }

        /** Lets an entry expire so long after it was created or updated last. Default: never. */
        public Builder<K, V> expireAfterWrite(Duration duration) {
            return expiryPolicy(ModifiedExpiryPolicy.factoryOf(standard("expireAfterWrite", duration)));
        }

        /** Lets an entry expire so long after it was created, whatever happens to it. */
        public Builder<K, V> expireAfterCreation(Duration duration) {
            return expiryPolicy(CreatedExpiryPolicy.factoryOf(standard("expireAfterCreation", duration)));
        }

        /** Lets an entry expire so long after it was created or read last; an update leaves its deadline. */
        public Builder<K, V> expireAfterAccess(Duration duration) {
            return expiryPolicy(AccessedExpiryPolicy.factoryOf(standard("expireAfterAccess", duration)));
        }

        /** Lets an entry expire so long after it was created, updated or read last. */
        public Builder<K, V> expireAfterTouch(Duration duration) {
            return expiryPolicy(TouchedExpiryPolicy.factoryOf(standard("expireAfterTouch", duration)));
        }

        /** Lets entries expire as a policy says. The five classes of the standard cost less than others. */
        public Builder<K, V> expiryPolicy(Factory<? extends ExpiryPolicy> factory) {
            Objects.requireNonNull(factory, "factory");
            // a policy is only ever read from the factory, so one of a subtype will do
            @SuppressWarnings("unchecked")
            Factory<ExpiryPolicy> policies = (Factory<ExpiryPolicy>) factory;
            expiryPolicyFactory = policies;
            explicit.add("expiry");
            return this;
        }

        /**
         * Shortens the TTL that the expiry gives an entry by up to this part of it, differently from key to key and always the same
         * for the same key. So what was written in one moment does not expire, and is not loaded again, in one moment.
         *
         * <p>How much follows from the key's hash code. TTLs that the code gives to single entries, and those of expiry policies that
         * are not among the five of the standard, stay as they are. Default: none.
         *
         * @param newJitter from 0 to 0.5, for example 0.1 for up to a tenth
         * @throws IllegalArgumentException if it is something else
         */
        public Builder<K, V> jitter(double newJitter) {
            if (!(newJitter >= 0 && newJitter <= MOST_JITTER)) {
                throw new IllegalArgumentException("jitter must be from 0 to " + MOST_JITTER + ": " + newJitter);
            }
            jitter = newJitter;
            explicit.add("jitter");
            return this;
        }

        /** Returns a duration in the standard's terms: whole milliseconds, rounded up so that none becomes zero. */
        private static javax.cache.expiry.Duration standard(String setting, Duration duration) {
            Objects.requireNonNull(duration, "duration");
            if (duration.isNegative()) {
                throw new IllegalArgumentException(setting + " must not be negative: " + duration);
            }
            Ttl ttl = Ttl.of(duration);
            return ttl.isEternal()
                    ? javax.cache.expiry.Duration.ETERNAL
                    : new javax.cache.expiry.Duration(TimeUnit.MILLISECONDS, ttl.millis());
        }

        /** Loads missing values with this loader (read-through), and is used by {@code loadAll}. */
        public Builder<K, V> loader(CacheLoader<K, V> loader) {
            Objects.requireNonNull(loader, "loader");
            return loaderFactory(() -> loader);
        }

        /** Loads missing values with the loader that a factory makes (read-through). */
        public Builder<K, V> loaderFactory(Factory<? extends CacheLoader<K, V>> factory) {
            Objects.requireNonNull(factory, "factory");
            @SuppressWarnings("unchecked") // a loader is only ever read from the factory
            Factory<CacheLoader<K, V>> loaders = (Factory<CacheLoader<K, V>>) factory;
            loaderFactory = loaders;
            readThrough = true;
            explicit.addAll(List.of("loader", "readThrough"));
            return this;
        }

        /** Whether a miss calls the loader. Default: yes once a loader is set; without, only {@code loadAll} uses it. */
        public Builder<K, V> readThrough(boolean newReadThrough) {
            readThrough = newReadThrough;
            explicit.add("readThrough");
            return this;
        }

        /**
         * How many loads run at once, so that the source is not asked for more than it bears; others wait for their turn. A
         * {@code loadAll} is one load, and a load that another load asks for, on its thread, goes with that one. Default: no bound.
         *
         * @throws IllegalArgumentException if it is less than one
         */
        public Builder<K, V> maxLoads(int newMaxLoads) {
            maxLoads = atLeast("maxLoads", 1, newMaxLoads);
            explicit.add("maxLoads");
            return this;
        }

        /**
         * How many loads may wait while {@link #maxLoads} run. One more is refused at once, with a
         * {@link javax.cache.integration.CacheLoaderException}. Default: 1000.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder<K, V> maxWaitingLoads(int newMaxWaitingLoads) {
            maxWaitingLoads = atLeast("maxWaitingLoads", 0, newMaxWaitingLoads);
            explicit.add("maxWaitingLoads");
            return this;
        }

        /**
         * How long a load waits while {@link #maxLoads} run. Then it is refused, with a
         * {@link javax.cache.integration.CacheLoaderException}. Default: ten seconds.
         *
         * @throws IllegalArgumentException if it is less than a millisecond
         */
        public Builder<K, V> maxLoadWait(Duration newMaxLoadWait) {
            maxLoadWait = atLeastAMilli("maxLoadWait", newMaxLoadWait);
            explicit.add("maxLoadWait");
            return this;
        }

        /**
         * Lets a load of one key wait so long for loads of others, to be loaded with them by one call of the loader's
         * {@code loadAll}. Worth it where that costs the source little more than a single load. Each load takes that much longer.
         * Whole milliseconds. Default: every load by itself.
         *
         * @throws IllegalArgumentException if it is less than a millisecond
         */
        public Builder<K, V> coalesceLoads(Duration window) {
            coalesceLoads = atLeastAMilli("coalesceLoads", window);
            explicit.add("coalesceLoads");
            return this;
        }

        /**
         * How many keys {@link #coalesceLoads} gathers; when there are so many, they wait no longer. Default: 100.
         *
         * @throws IllegalArgumentException if it is less than two
         */
        public Builder<K, V> maxCoalescedLoads(int newMaxCoalescedLoads) {
            maxCoalescedLoads = atLeast("maxCoalescedLoads", 2, newMaxCoalescedLoads);
            explicit.add("maxCoalescedLoads");
            return this;
        }

        private static int atLeast(String setting, int least, int number) {
            if (number < least) {
                throw new IllegalArgumentException(setting + " must be " + least + " or more: " + number);
            }
            return number;
        }

        /**
         * How long it is remembered in this JVM that the loader returned null for a key, so that it is not asked again. Nobody sees more
         * of that than that there is no value. A put, remove, invalidate or clear of the key in this JVM, or the invalidation of any
         * tag, ends it. Default: not at all.
         *
         * @throws IllegalArgumentException if it is less than a millisecond
         */
        public Builder<K, V> negativeTtl(Duration ttl) {
            return loads("negativeTtl", settings -> settings.setNegativeTtl(ttl));
        }

        /**
         * How long it is remembered in this JVM that the loader failed for a key, so that it is not asked again: who misses the key
         * gets a new {@code CacheLoaderException} with the same cause. A put, remove, invalidate or clear of the key in this JVM, or the
         * invalidation of any tag, ends it. Default: not at all.
         *
         * @throws IllegalArgumentException if it is less than a millisecond
         */
        public Builder<K, V> exceptionTtl(Duration ttl) {
            return loads("exceptionTtl", settings -> settings.setExceptionTtl(ttl));
        }

        /**
         * How long after its TTL a value is still served by {@code get} and {@code getAll}, at once, while one load in the background
         * brings another. For all other operations it is simply there, for so much longer. Needs read-through and an expiry that reading
         * does not move. Default: not at all.
         *
         * @throws IllegalArgumentException if it is less than a millisecond
         */
        public Builder<K, V> staleWhileRevalidate(Duration duration) {
            return loads("staleWhileRevalidate", settings -> settings.setStaleWhileRevalidate(duration));
        }

        /**
         * How long after its TTL a value is still served by {@code get} and {@code getAll} if the loader fails: one caller loads, others
         * wait, and a failure gives them all the old value. For all other operations it is simply there, for so much longer. Needs
         * read-through and an expiry that reading does not move. Default: not at all.
         *
         * @throws IllegalArgumentException if it is less than a millisecond
         */
        public Builder<K, V> staleIfError(Duration duration) {
            return loads("staleIfError", settings -> settings.setStaleIfError(duration));
        }

        /**
         * How long after a failure an old value is served without another try to load it anew; also of
         * {@link #staleWhileRevalidate}. Default: a second.
         *
         * @throws IllegalArgumentException if it is less than a millisecond
         */
        public Builder<K, V> staleIfErrorBackoff(Duration duration) {
            return loads("staleIfErrorBackoff", settings -> settings.setStaleIfErrorBackoff(duration));
        }

        /**
         * How long a call waits for the loader at most; then it fails with a {@code CacheLoaderException}, or gets the old value if there
         * is one. The load goes on, whoever wants the key meanwhile waits for it, and what it brings is stored unless the key changes.
         * Loaders run on up to 64 threads of the cache then, and not on those of their callers. Default: no bound.
         *
         * @throws IllegalArgumentException if it is less than a millisecond
         */
        public Builder<K, V> hardTimeout(Duration timeout) {
            return loads("hardTimeout", settings -> settings.setHardTimeout(timeout));
        }

        /**
         * How long a call waits for the loader at most if it has an old value, which it gets then; needs {@link #staleIfError}. The
         * load goes on. Loaders run on up to 64 threads of the cache then, and not on those of their callers. Default: no shorter than
         * for other calls.
         *
         * @throws IllegalArgumentException if it is less than a millisecond
         */
        public Builder<K, V> softTimeout(Duration timeout) {
            return loads("softTimeout", settings -> settings.setSoftTimeout(timeout));
        }

        /**
         * After which part of its TTL a value that is read by {@code get} or {@code getAll} is loaded anew in the background, such as
         * 0.8. Needs read-through and an expiry that reading does not move. Default: none, a value is loaded anew when it is missed.
         *
         * @throws IllegalArgumentException if it is not more than 0 and less than 1
         */
        public Builder<K, V> refreshAhead(double fraction) {
            return loads("refreshAhead", settings -> settings.setRefreshAhead(fraction));
        }

        /**
         * How eagerly a value that is read by {@code get} or {@code getAll} is loaded anew in the background before its TTL ends, by
         * chance: the likelier the nearer that end is, as measured by how long loads take. 1 is good, more is more eager. It is the
         * &beta; of "Optimal Probabilistic Cache Stampede Prevention" (VLDB 2015). Needs read-through and an expiry that reading does not
         * move. Default: not at all.
         *
         * @throws IllegalArgumentException if it is not more than 0
         */
        public Builder<K, V> earlyRefresh(double beta) {
            return loads("earlyRefresh", settings -> settings.setEarlyRefresh(beta));
        }

        private Builder<K, V> loads(String setting, Consumer<LoadSettings> change) {
            loads = loads.with(change);
            explicit.add(setting);
            return this;
        }

        /** Passes changes to this writer before the cache changes (write-through). */
        public Builder<K, V> writer(CacheWriter<? super K, ? super V> writer) {
            Objects.requireNonNull(writer, "writer");
            return writerFactory(() -> writer);
        }

        /** Passes changes to the writer that a factory makes (write-through). */
        public Builder<K, V> writerFactory(Factory<? extends CacheWriter<? super K, ? super V>> factory) {
            Objects.requireNonNull(factory, "factory");
            @SuppressWarnings("unchecked") // a writer is only ever read from the factory
            Factory<CacheWriter<? super K, ? super V>> writers = (Factory<CacheWriter<? super K, ? super V>>) factory;
            writerFactory = writers;
            writeThrough = true;
            explicit.addAll(List.of("writer", "writeThrough"));
            return this;
        }

        /** Whether changes are passed to the writer. Default: yes once a writer is set. */
        public Builder<K, V> writeThrough(boolean newWriteThrough) {
            writeThrough = newWriteThrough;
            explicit.add("writeThrough");
            return this;
        }

        /**
         * Adds a listener. A synchronous one hears of what this JVM changes. An asynchronous one hears of what other JVMs change as well, if the store can
         * tell; that is a service and no guarantee, as what is told while a connection is lost is missed.
         */
        public Builder<K, V> listener(CacheEntryListenerConfiguration<K, V> listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /** Replaces all listeners. */
        public Builder<K, V> listeners(List<CacheEntryListenerConfiguration<K, V>> newListeners) {
            listeners.clear();
            listeners.addAll(newListeners);
            return this;
        }

        /** Whether hits, misses and the like are counted, and shown by an MXBean. Default: no. */
        public Builder<K, V> statistics(boolean enabled) {
            statisticsEnabled = enabled;
            explicit.add("statistics");
            return this;
        }

        /** Whether MXBeans show the configuration and, of a store that can fail, its {@linkplain StoreHealthMXBean health}. Default: no. */
        public Builder<K, V> management(boolean enabled) {
            managementEnabled = enabled;
            explicit.add("management");
            return this;
        }

        /**
         * Returns the settings.
         *
         * @throws IllegalArgumentException if two settings are at odds
         */
        public CacheSettings<K, V> build() {
            if (readThrough && loaderFactory == null) {
                throw new IllegalArgumentException("read-through needs a loader; set one, or switch read-through off");
            }
            if (writeThrough && writerFactory == null) {
                throw new IllegalArgumentException(
                        "write-through needs a writer; set one, or switch write-through off");
            }
            return new CacheSettings<>(this);
        }
    }
}

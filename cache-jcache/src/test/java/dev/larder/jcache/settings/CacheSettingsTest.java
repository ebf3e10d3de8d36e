package dev.larder.jcache.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.larder.copy.Copier;
import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.LarderCache;
import dev.larder.jcache.fixture.Box;
import dev.larder.jcache.fixture.CacheMaker;
import dev.larder.jcache.fixture.CountingPolicy;
import dev.larder.jcache.fixture.RecordingListener;
import dev.larder.store.guard.OnStoreFailure;
import dev.larder.store.heap.HeapStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(300)
class CacheSettingsTest {

    private final CacheMaker maker = new CacheMaker();

    @AfterEach
    void close() {
        maker.close();
    }

    private static CacheSettings.Builder<String, String> builder() {
        return CacheMaker.strings();
    }

    private static MutableConfiguration<String, String> standard() {
        return new MutableConfiguration<String, String>().setTypes(String.class, String.class);
    }

    @Test
    void withoutFurtherWordTheyAreTheDefaultsOfTheStandard() {
        assertThat(new MutableConfiguration<>(builder().build())).isEqualTo(standard());
    }

    @Test
    void everythingThatWasSetIsThere() {
        Factory<Loader> loaders = new LoaderFactory();
        Factory<Writer> writers = new WriterFactory();
        Factory<ExpiryPolicy> policies = CreatedExpiryPolicy.factoryOf(javax.cache.expiry.Duration.ONE_HOUR);
        var listener = new RecordingListener<String, String>().synchronously();
        Copier<Box> copier = box -> new Box(box.content());

        CacheSettings<String, String> settings = builder()
                .storeByReference()
                .loaderFactory(loaders)
                .writerFactory(writers)
                .expiryPolicy(policies)
                .listener(listener)
                .copier(Box.class, copier)
                .onStoreFailure(OnStoreFailure.FAIL)
                .maxStale(Duration.ofHours(1))
                .storeDeadline(Duration.ofMillis(200))
                .statistics(true)
                .management(true)
                .build();

        assertThat(settings.getOnStoreFailure()).isEqualTo(OnStoreFailure.FAIL);
        assertThat(settings.getMaxStale()).isEqualTo(Duration.ofHours(1));
        assertThat(settings.getStoreDeadline()).isEqualTo(Duration.ofMillis(200));
        assertThat(settings.getKeyType()).isEqualTo(String.class);
        assertThat(settings.getValueType()).isEqualTo(String.class);
        assertThat(settings.isStoreByValue()).isFalse();
        assertThat(settings.isReadThrough()).isTrue();
        assertThat(settings.isWriteThrough()).isTrue();
        assertThat(settings.isStatisticsEnabled()).isTrue();
        assertThat(settings.isManagementEnabled()).isTrue();
        assertThat((Object) settings.getCacheLoaderFactory()).isSameAs(loaders);
        assertThat((Object) settings.getCacheWriterFactory()).isSameAs(writers);
        assertThat(settings.getExpiryPolicyFactory()).isSameAs(policies);
        assertThat(settings.getCacheEntryListenerConfigurations()).containsExactly(listener);
        assertThat(settings.getCopiers().get(Box.class)).isSameAs(copier);
    }

    static Stream<Arguments> lifetimes() {
        return Stream.of(
                Arguments.of(Duration.ofMinutes(5), new javax.cache.expiry.Duration(TimeUnit.MINUTES, 5)),
                Arguments.of(Duration.ZERO, javax.cache.expiry.Duration.ZERO),
                Arguments.of(Duration.ofMillis(1), new javax.cache.expiry.Duration(TimeUnit.MILLISECONDS, 1)),
                Arguments.of(Duration.ofNanos(1), new javax.cache.expiry.Duration(TimeUnit.MILLISECONDS, 1)),
                Arguments.of(Duration.ofNanos(1_000_001), new javax.cache.expiry.Duration(TimeUnit.MILLISECONDS, 2)),
                Arguments.of(ChronoUnit.FOREVER.getDuration(), javax.cache.expiry.Duration.ETERNAL),
                Arguments.of(Duration.ofMillis(Long.MAX_VALUE), javax.cache.expiry.Duration.ETERNAL));
    }

    @ParameterizedTest
    @MethodSource("lifetimes")
    void durationIsRoundedUpToWhatTheStandardKnows(Duration duration, javax.cache.expiry.Duration standard) {
        ExpiryPolicy policy = builder()
                .expireAfterWrite(duration)
                .build()
                .getExpiryPolicyFactory()
                .create();

        assertThat(policy.getExpiryForCreation()).isEqualTo(standard);
        assertThat(policy.getExpiryForUpdate()).isEqualTo(standard);
    }

    @Test
    void eachKindOfExpiryCountsFromWhatItIsNamedFor() {
        Duration minute = Duration.ofMinutes(1);

        assertThat(expiry(builder().expireAfterWrite(minute))).containsExactly(true, false, true);
        assertThat(expiry(builder().expireAfterCreation(minute))).containsExactly(true, false, false);
        assertThat(expiry(builder().expireAfterAccess(minute))).containsExactly(true, true, false);
        assertThat(expiry(builder().expireAfterTouch(minute))).containsExactly(true, true, true);
    }

    /** Whether creation, access and update set a deadline. */
    private static List<Boolean> expiry(CacheSettings.Builder<String, String> settings) {
        ExpiryPolicy policy = settings.build().getExpiryPolicyFactory().create();
        return List.of(
                policy.getExpiryForCreation() != null,
                policy.getExpiryForAccess() != null,
                policy.getExpiryForUpdate() != null);
    }

    /** A method of the builder that takes a duration. */
    @FunctionalInterface
    interface Setter
            extends BiFunction<
                    CacheSettings.Builder<String, String>, Duration, CacheSettings.Builder<String, String>> {}

    static Stream<Arguments> setters() {
        return Stream.of(
                setter("expireAfterWrite", CacheSettings.Builder::expireAfterWrite),
                setter("expireAfterCreation", CacheSettings.Builder::expireAfterCreation),
                setter("expireAfterAccess", CacheSettings.Builder::expireAfterAccess),
                setter("expireAfterTouch", CacheSettings.Builder::expireAfterTouch));
    }

    private static Arguments setter(String name, Setter setter) {
        return Arguments.of(name, setter);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("setters")
    void negativeDurationIsRefusedWithTheSettingAndTheValue(String name, Setter setter) {
        assertThatThrownBy(() -> setter.apply(builder(), Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(name + " must not be negative: PT-1S");
        assertThatThrownBy(() -> setter.apply(builder(), null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void timesWithoutAMillisecondAreRefusedWithTheSettingAndTheValue() {
        assertThatThrownBy(() -> builder().maxStale(Duration.ofNanos(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxStale must be a millisecond or more: PT0.000000001S");
        assertThatThrownBy(() -> builder().storeDeadline(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("storeDeadline must be a millisecond or more: PT0S");
    }

    @Test
    void negativeBoundsAreRefusedWithTheSettingAndTheValue() {
        assertThatThrownBy(() -> builder().maximumSize(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maximumSize must not be negative: -1");
        assertThatThrownBy(() -> builder().maximumWeight(-2, (key, value) -> 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maximumWeight must not be negative: -2");
    }

    @Test
    void secondStoreIsRefusedWithWhatToDo() {
        assertThatThrownBy(() -> builder().maximumSize(1).maximumWeight(1, (key, value) -> 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("one of maximumSize, maximumWeight and store");
        assertThatThrownBy(() -> builder().store(HeapStore.unbounded()).maximumSize(1))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void secondCopierOfATypeIsRefusedWithTheType() {
        assertThatThrownBy(() -> builder().copier(Box.class, box -> box).copier(Box.class, box -> box))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(Box.class.getName());
    }

    @Test
    void throughWithoutWhomIsRefusedWithTheFix() {
        assertThatThrownBy(() -> builder().readThrough(true).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("read-through needs a loader")
                .hasMessageContaining("set one");
        assertThatThrownBy(() -> maker.make(standard().setWriteThrough(true)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cache \"")
                .hasMessageContaining("write-through needs a writer");
        assertThat(maker.manager().getCacheNames()).isEmpty();
    }

    @Test
    void nullsAreRefusedByName() {
        assertThatThrownBy(() -> CacheSettings.builder(null, String.class))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("keyType");
        assertThatThrownBy(() -> CacheSettings.builder(String.class, null)).hasMessage("valueType");
        assertThatThrownBy(() -> CacheSettings.from(null)).hasMessage("configuration");
        assertThatThrownBy(() -> builder().store(null)).hasMessage("storeFactory");
        assertThatThrownBy(() -> builder().onStoreFailure(null)).hasMessage("onStoreFailure");
        assertThatThrownBy(() -> builder().maxStale(null)).hasMessage("maxStale");
        assertThatThrownBy(() -> builder().storeDeadline(null)).hasMessage("storeDeadline");
        assertThatThrownBy(() -> builder().loader(null)).hasMessage("loader");
        assertThatThrownBy(() -> builder().writer(null)).hasMessage("writer");
        assertThatThrownBy(() -> builder().loaderFactory(null)).hasMessage("factory");
        assertThatThrownBy(() -> builder().writerFactory(null)).hasMessage("factory");
        assertThatThrownBy(() -> builder().expiryPolicy(null)).hasMessage("factory");
        assertThatThrownBy(() -> builder().listener(null)).hasMessage("listener");
        assertThatThrownBy(() -> builder().copier(null, box -> box)).hasMessage("type");
        assertThatThrownBy(() -> builder().copier(Box.class, null)).hasMessage("copier");
        assertThatThrownBy(() -> builder().maximumWeight(1, null)).hasMessage("weigher");
    }

    @Test
    void boundMayBeAddedToSettingsThatBeganAsOthers() {
        CacheSettings<String, String> bounded =
                CacheSettings.from(standard()).toBuilder().maximumSize(7).build();
        CacheSettings<String, String> other = bounded.toBuilder().maximumSize(8).build();

        assertThat(bounded.getStoreFactory()).isEqualTo(HeapStore.ofMaximumSize(7));
        assertThat(other.getStoreFactory()).isEqualTo(HeapStore.ofMaximumSize(8));
        assertThat(other.toBuilder().build().getStoreFactory()).isEqualTo(HeapStore.ofMaximumSize(8));
    }

    @Test
    void builderThatGoesOnDoesNotChangeWhatItBuilt() {
        CacheSettings.Builder<String, String> builder = builder().copier(Box.class, box -> box);
        CacheSettings<String, String> built = builder.build();

        builder.statistics(true)
                .storeByReference()
                .copier(List.class, list -> list)
                .listener(new RecordingListener<String, String>().synchronously());

        assertThat(built.isStatisticsEnabled()).isFalse();
        assertThat(built.isStoreByValue()).isTrue();
        assertThat(built.getCopiers()).hasSize(1);
        assertThat(built.getCacheEntryListenerConfigurations()).isEmpty();
    }

    @Test
    void whatTheSettingsGiveCannotBeChanged() {
        CacheSettings<String, String> settings = builder()
                .copier(Box.class, box -> box)
                .listener(new RecordingListener<String, String>().synchronously())
                .build();

        var listeners = settings.getCacheEntryListenerConfigurations().iterator();
        listeners.next();
        assertThatThrownBy(listeners::remove).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> settings.getCopiers().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    private interface A {}

    private interface B {}

    private interface C {}

    private interface D {}

    private interface E {}

    private interface F {}

    private static final class All implements A, B, C, D, E, F {}

    @Test
    void copiersKeepTheirOrder() {
        CacheSettings<String, Object> settings = CacheSettings.builder(String.class, Object.class)
                .copier(F.class, value -> new All())
                .copier(A.class, value -> value)
                .copier(E.class, value -> value)
                .copier(B.class, value -> value)
                .copier(D.class, value -> value)
                .copier(C.class, value -> value)
                .build();
        LarderCache<String, Object> cache = maker.make(settings.toBuilder().build());
        All mine = new All();

        cache.put("k", mine);

        assertThat(List.<Class<?>>copyOf(settings.getCopiers().keySet()))
                .isEqualTo(List.of(F.class, A.class, E.class, B.class, D.class, C.class));
        assertThat(cache.get("k")).isNotSameAs(mine).isInstanceOf(All.class);
    }

    @Test
    void configurationThatIsNotCompleteHasTheDefaultsForTheRest() {
        Configuration<String, Integer> plain = new Configuration<>() {
            @Override
            public Class<String> getKeyType() {
                return String.class;
            }

            @Override
            public Class<Integer> getValueType() {
                return Integer.class;
            }

            @Override
            public boolean isStoreByValue() {
                return false;
            }
        };

        CacheSettings<String, Integer> settings = CacheSettings.from(plain);

        assertThat(settings.getValueType()).isEqualTo(Integer.class);
        assertThat(settings.isStoreByValue()).isFalse();
        assertThat(settings.getExpiryPolicyFactory().create()).isInstanceOf(EternalExpiryPolicy.class);
    }

    @Test
    void settingsSurviveSerialisation() throws Exception {
        CacheSettings<String, String> settings = builder()
                .storeByReference()
                .maximumWeight(100, (key, value) -> value.length())
                .loaderFactory(new LoaderFactory())
                .writerFactory(new WriterFactory())
                .expireAfterCreation(Duration.ofMinutes(3))
                .listener(new MutableCacheEntryListenerConfiguration<>(new ListenerFactory(), null, true, true))
                .copier(Box.class, new BoxCopier())
                .onStoreFailure(OnStoreFailure.DEGRADE)
                .maxStale(Duration.ofHours(1))
                .statistics(true)
                .management(true)
                .build();

        CacheSettings<String, String> read = reread(settings);

        assertThat(read.getOnStoreFailure()).isEqualTo(OnStoreFailure.DEGRADE);
        assertThat(read.getMaxStale()).isEqualTo(Duration.ofHours(1));
        assertThat(read.getStoreDeadline()).isEqualTo(Duration.ofSeconds(1));

        assertThat(new MutableConfiguration<>(read)).isEqualTo(new MutableConfiguration<>(settings));
        assertThat(read.getCopiers()).containsOnlyKeys(Box.class);
        LarderCache<String, String> cache = maker.make(read);
        assertThat(cache.get("k")).isEqualTo("loaded k");
        for (int i = 0; i < 1_000; i++) {
            cache.put("k" + i, "0123456789");
        }
        await().until(() -> cache.estimatedSize() <= 10);
    }

    @SuppressWarnings("unchecked")
    private static <T> T reread(T object) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
            output.writeObject(object);
        }
        try (ObjectInputStream input = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (T) input.readObject();
        }
    }

    private record LoaderFactory() implements Factory<Loader> {
        @Override
        public Loader create() {
            return new Loader();
        }
    }

    private static final class Loader implements CacheLoader<String, String> {
        @Override
        public String load(String key) {
            return "loaded " + key;
        }

        @Override
        public Map<String, String> loadAll(Iterable<? extends String> keys) {
            return Map.of();
        }
    }

    private record WriterFactory() implements Factory<Writer> {
        @Override
        public Writer create() {
            return new Writer();
        }
    }

    private static final class Writer implements CacheWriter<String, String> {
        @Override
        public void write(Cache.Entry<? extends String, ? extends String> entry) {}

        @Override
        public void writeAll(Collection<Cache.Entry<? extends String, ? extends String>> entries) {}

        @Override
        public void delete(Object key) {}

        @Override
        public void deleteAll(Collection<?> keys) {}
    }

    private record ListenerFactory() implements Factory<CacheEntryCreatedListener<String, String>> {
        @Override
        public CacheEntryCreatedListener<String, String> create() {
            return (Iterable<CacheEntryEvent<? extends String, ? extends String>> events) -> {};
        }
    }

    private record BoxCopier() implements Copier<Box>, Serializable {
        @Override
        public Box copy(Box value) {
            return new Box(value.content());
        }
    }

    @Test
    void configurationOfACacheShowsWhatItWasMadeWith() {
        MutableConfiguration<String, String> given = standard()
                .setReadThrough(true)
                .setCacheLoaderFactory(new LoaderFactory())
                .setStatisticsEnabled(true)
                .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(javax.cache.expiry.Duration.ONE_DAY));
        LarderCache<String, String> cache = maker.make(given);

        assertThat(complete(cache).getCacheLoaderFactory()).isSameAs(given.getCacheLoaderFactory());
        assertThat(complete(cache).getExpiryPolicyFactory()).isSameAs(given.getExpiryPolicyFactory());
        assertThat(new MutableConfiguration<>(complete(cache))).isEqualTo(given);
        assertThat(mutable(cache)).isEqualTo(given).isNotSameAs(given);
    }

    @SuppressWarnings("unchecked")
    private static CompleteConfiguration<String, String> complete(Cache<String, String> cache) {
        return cache.getConfiguration(CompleteConfiguration.class);
    }

    @SuppressWarnings("unchecked")
    private static MutableConfiguration<String, String> mutable(Cache<String, String> cache) {
        return cache.getConfiguration(MutableConfiguration.class);
    }

    @SuppressWarnings("unchecked")
    private static CacheSettings<String, String> settings(Cache<String, String> cache) {
        return cache.getConfiguration(CacheSettings.class);
    }

    @Test
    void laterChangesOfTheGivenConfigurationHaveNoEffect() {
        CountingPolicy policy = new CountingPolicy();
        RecordingListener<String, String> listener = new RecordingListener<>();
        MutableConfiguration<String, String> given = standard();
        LarderCache<String, String> cache = maker.make(given);

        given.setExpiryPolicyFactory(() -> policy)
                .setStatisticsEnabled(true)
                .setStoreByValue(false)
                .setCacheLoaderFactory(new LoaderFactory())
                .setReadThrough(true)
                .addCacheEntryListenerConfiguration(listener.synchronously());
        cache.put("k", "v");

        assertThat(cache.get("absent")).isNull();
        assertThat(listener.told()).isEmpty();
        assertThat(policy.calls()).isEqualTo("c0 a0 u0");
        assertThat(mutable(cache)).isEqualTo(standard());
    }

    @Test
    void changesOfAConfigurationThatTheCacheGaveHaveNoEffect() {
        LarderCache<String, String> cache = maker.make(builder());

        mutable(cache).setStatisticsEnabled(true).setStoreByValue(false);

        assertThat(mutable(cache)).isEqualTo(standard());
    }

    @Test
    void configurationShowsListenersThatCameAndWentLater() {
        var first = new RecordingListener<String, String>().synchronously();
        var second = new RecordingListener<String, String>().asynchronously();
        LarderCache<String, String> cache = maker.make(builder().listener(first));

        cache.registerCacheEntryListener(second);
        CompleteConfiguration<String, String> between = complete(cache);
        cache.deregisterCacheEntryListener(first);

        assertThat(between.getCacheEntryListenerConfigurations()).containsExactly(first, second);
        assertThat(complete(cache).getCacheEntryListenerConfigurations()).containsExactly(second);
        assertThat(mutable(cache).getCacheEntryListenerConfigurations()).containsExactly(second);
    }

    @Test
    void listenerThatIsRegisteredTwiceIsRefusedAndNotListedTwice() {
        var listener = new RecordingListener<String, String>().synchronously();
        LarderCache<String, String> cache = maker.make(builder().listener(listener));

        assertThatThrownBy(() -> cache.registerCacheEntryListener(listener))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(cache.getName());

        assertThat(complete(cache).getCacheEntryListenerConfigurations()).containsExactly(listener);
    }

    @Test
    void configurationShowsSwitchesThatWereTurnedLater() {
        LarderCache<String, String> cache = maker.make(builder());

        maker.manager().enableStatistics(cache.getName(), true);
        maker.manager().enableManagement(cache.getName(), true);

        assertThat(complete(cache).isStatisticsEnabled()).isTrue();
        assertThat(complete(cache).isManagementEnabled()).isTrue();
    }

    @Test
    void settingsOfACacheShowWhatIsLardersOwn() {
        LarderCache<String, String> cache = maker.make(builder().maximumSize(5).copier(Box.class, new BoxCopier()));

        assertThat(settings(cache).getStoreFactory()).isEqualTo(HeapStore.ofMaximumSize(5));
        assertThat(settings(cache).getCopiers()).containsKey(Box.class);
    }
}

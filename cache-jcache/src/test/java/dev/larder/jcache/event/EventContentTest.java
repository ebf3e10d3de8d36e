package dev.larder.jcache.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.LarderCache;
import dev.larder.jcache.fixture.Box;
import dev.larder.jcache.fixture.CacheMaker;
import dev.larder.jcache.fixture.RecordingListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.event.EventType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
class EventContentTest {

    private static final Duration TTL = Duration.ofSeconds(10);

    private final CacheMaker maker = new CacheMaker();
    private final RecordingListener<String, String> listener = new RecordingListener<>();

    @AfterEach
    void close() {
        maker.close();
    }

    private MutableCacheEntryListenerConfiguration<String, String> withoutOldValues(boolean synchronous) {
        return new MutableCacheEntryListenerConfiguration<>(listener.factory(), null, false, synchronous);
    }

    @ParameterizedTest(name = "synchronous: {0}")
    @ValueSource(booleans = {true, false})
    void oldValuesAreNullUnlessAskedFor(boolean synchronous) {
        LarderCache<String, String> cache =
                maker.make(CacheMaker.strings().expireAfterWrite(TTL).listener(withoutOldValues(synchronous)));

        cache.put("k", "v");
        cache.put("k", "w");
        cache.remove("k");
        cache.put("k", "x");
        maker.time().advance(TTL);

        await().untilAsserted(() -> assertThat(listener.lines())
                .containsExactly(
                        "CREATED k=v was null",
                        "UPDATED k=w was null",
                        "REMOVED k=null was null",
                        "CREATED k=x was null",
                        "EXPIRED k=null was null"));
    }

    @Test
    void oldValueIsAvailableExactlyIfThereIsOne() {
        List<Boolean> available = new ArrayList<>();
        LarderCache<String, String> cache = maker.make(
                CacheMaker.strings().listener(listener.filtered(event -> available.add(event.isOldValueAvailable()))));

        cache.put("k", "v");
        cache.put("k", "w");
        cache.remove("k");

        assertThat(available).containsExactly(false, true, true);
    }

    @Test
    void filterDecidesWhatIsHeard() {
        LarderCache<String, String> cache = maker.make(CacheMaker.strings()
                .listener(listener.filtered(event -> !event.getKey().equals("secret"))));

        cache.put("secret", "1");
        cache.put("open", "2");
        cache.remove("secret");

        assertThat(listener.lines()).containsExactly("CREATED open=2 was null");
    }

    @Test
    void filterSeesNoOldValueUnlessAskedFor() {
        List<String> seen = new ArrayList<>();
        LarderCache<String, String> cache = maker.make(CacheMaker.strings()
                .listener(new MutableCacheEntryListenerConfiguration<>(
                        listener.factory(),
                        () -> event -> seen.add(event.getValue() + "/" + event.getOldValue()),
                        false,
                        true)));

        cache.put("k", "v");
        cache.put("k", "w");
        cache.remove("k");

        assertThat(seen).containsExactly("v/null", "w/null", "null/null");
    }

    @Test
    void failureOfAFilterIsAFailureOfItsListener() {
        LarderCache<String, String> cache = maker.make(CacheMaker.strings().listener(listener.filtered(event -> {
            throw new IllegalArgumentException("no");
        })));

        assertThatThrownBy(() -> cache.put("k", "v"))
                .isInstanceOf(CacheEntryListenerException.class)
                .hasRootCauseInstanceOf(IllegalArgumentException.class);
        assertThat(cache.get("k")).isEqualTo("v");
        assertThat(listener.told()).isEmpty();
    }

    @Test
    void listenerHearsOnlyTheKindsItListensTo() {
        List<EventType> heard = new ArrayList<>();
        CacheEntryCreatedListener<String, String> creations =
                events -> events.forEach(event -> heard.add(event.getEventType()));
        LarderCache<String, String> cache = maker.make(CacheMaker.strings()
                .listener(new MutableCacheEntryListenerConfiguration<>(() -> creations, null, true, true)));

        cache.put("k", "v");
        cache.put("k", "w");
        cache.remove("k");

        assertThat(heard).containsExactly(EventType.CREATED);
    }

    @Test
    void eventComesFromItsCacheAndUnwrapsToItself() {
        List<CacheEntryEvent<?, ?>> events = new ArrayList<>();
        LarderCache<String, String> cache = maker.make(CacheMaker.strings().listener(listener.filtered(events::add)));

        cache.put("k", "v");

        CacheEntryEvent<?, ?> event = events.get(0);
        assertThat((Object) event.getSource()).isSameAs(cache);
        assertThat(event.unwrap(CacheEntryEvent.class)).isSameAs(event);
        assertThatThrownBy(() -> event.unwrap(String.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.String");
    }

    @ParameterizedTest(name = "synchronous: {0}")
    @ValueSource(booleans = {true, false})
    void listenersGetCopiesOfTheirOwn(boolean synchronous) {
        RecordingListener<Box, Box> vandal = new RecordingListener<>();
        RecordingListener<Box, Box> witness = new RecordingListener<>();
        List<String> seen = new CopyOnWriteArrayList<>();
        vandal.thenDo(event -> {
            event.key().change("broken");
            event.value().change("broken");
            if (event.old() != null) {
                event.old().change("broken");
            }
        });
        witness.thenDo(
                event -> seen.add(event.key().content() + "=" + event.value().content()
                        + (event.old() == null ? "" : " was " + event.old().content())));
        LarderCache<Box, Box> cache = maker.make(CacheSettings.builder(Box.class, Box.class)
                .expireAfterWrite(TTL)
                .listener(synchronous ? vandal.synchronously() : vandal.asynchronously())
                .listener(synchronous ? witness.synchronously() : witness.asynchronously()));

        cache.put(new Box("k"), new Box("v"));
        await().until(() -> seen.size() == 1 && vandal.told().size() == 1);
        cache.put(new Box("k"), new Box("w"));
        await().until(() -> seen.size() == 2 && vandal.told().size() == 2);
        assertThat(cache.get(new Box("k"))).isEqualTo(new Box("w"));
        cache.put(new Box("k"), new Box("x"));
        cache.remove(new Box("k"));
        cache.put(new Box("k"), new Box("y"));
        maker.time().advance(TTL);

        await().untilAsserted(() ->
                assertThat(seen).containsExactly("k=v", "k=w was v", "k=x was w", "k=x was x", "k=y", "k=y was y"));
    }
}

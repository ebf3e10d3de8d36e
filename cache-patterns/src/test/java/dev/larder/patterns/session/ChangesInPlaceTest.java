package dev.larder.patterns.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.patterns.fixture.Provider;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes within an attribute whose bytes are other ones after it was read, though nothing was changed: Java serialisation writes how much room a set has. */
class ChangesInPlaceTest {

    private final CacheManager manager = Provider.LARDER.newManager();
    private final SessionStore store = SessionStore.over(
                    manager.createCache("sessions", new MutableConfiguration<String, byte[]>()))
            .codec(AttributeCodec.javaSerialization(Cart.class))
            .detectInPlaceChanges(true)
            .compareAndSet(true)
            .build();
    private String id = "";

    /** A cart with much room. */
    private static final class Cart implements Serializable {
        private final HashSet<String> items = new HashSet<>(1_000);

        Cart(String... items) {
            this.items.addAll(List.of(items));
        }
    }

    @BeforeEach
    void saveOne() {
        Session session = store.create();
        session.attribute("cart", new Cart("tea"));
        store.save(session);
        id = session.id();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private Session found() {
        return Objects.requireNonNull(store.find(id), "the session");
    }

    private static Set<String> items(Session session) {
        return ((Cart) Objects.requireNonNull(session.attribute("cart"))).items;
    }

    @Test
    void readingIsNoChange() {
        Session reading = found();
        assertThat(items(reading)).containsExactly("tea");

        assertThat(reading.isChanged()).isFalse();
        assertThat(store.save(reading)).isEqualTo(SaveResult.UNCHANGED);
    }

    @Test
    void readingUndoesNoUpdateOfAnother() {
        Session reading = found();
        assertThat(items(reading)).containsExactly("tea");
        Session other = found();
        other.attribute("cart", new Cart("tea", "milk"));
        store.save(other);

        assertThat(store.save(reading)).isEqualTo(SaveResult.UNCHANGED);

        assertThat(items(found())).containsExactlyInAnyOrder("tea", "milk");
    }

    @Test
    void changesAreNoticedEachTime() {
        Session session = found();
        for (String item : List.of("milk", "sugar")) {
            items(session).add(item);
            assertThat(store.save(session)).isEqualTo(SaveResult.SAVED);
        }

        assertThat(store.save(session)).isEqualTo(SaveResult.UNCHANGED);
        assertThat(items(found())).containsExactlyInAnyOrder("tea", "milk", "sugar");
    }
}

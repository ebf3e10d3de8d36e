package dev.larder.spring.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.patterns.session.SessionListener;
import java.util.ArrayList;
import java.util.List;
import javax.cache.Cache;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.session.FindByIndexNameSessionRepository;

/** What cannot be read is not there, and never an error. */
class UnreadableSessionsTest {

    private final Fleet fleet = new Fleet(Provider.LARDER);
    private final LarderSessionRepository sessions = fleet.instance();
    private final List<String> unreadable = new ArrayList<>();
    private final LarderSessionRepository stricter = fleet.instance(store -> store.codec(
                    SpringAttributes.serialized(getClass().getClassLoader(), List.of()))
            .listener(new SessionListener() {
                @Override
                public void unreadable(String key, String attribute, String reason) {
                    unreadable.add(attribute);
                }
            }));

    @AfterEach
    void close() {
        stricter.close();
        sessions.close();
        fleet.close();
    }

    private LarderSession saved() {
        LarderSession session = sessions.createSession();
        session.setAttribute("cart", new SpringAttributesTest.Cart("tea"));
        session.setAttribute("color", "green");
        session.setAttribute(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME, "alice");
        sessions.save(session);
        return session;
    }

    @Test
    void attributeThatCannotBeReadIsNotThere() {
        LarderSession found = stricter.findById(saved().getId());

        assertThat(found.<Object>getAttribute("cart")).isNull();
        assertThat(found.<String>getAttribute("color")).isEqualTo("green");
        assertThat(found.getAttributeNames()).doesNotContain("cart");
        assertThat(unreadable).contains("cart");
    }

    @Test
    void attributeThatCannotBeReadIsKeptForThoseWhoCan() {
        LarderSession session = saved();
        LarderSession found = stricter.findById(session.getId());
        found.setAttribute("color", "red");
        stricter.save(found);

        assertThat(sessions.findById(session.getId()).<Object>getAttribute("cart"))
                .isEqualTo(new SpringAttributesTest.Cart("tea"));
    }

    @Test
    void sessionThatCannotBeReadIsNotThere() {
        LarderSession session = saved();
        Cache<String, byte[]> cache = fleet.caches().getCache("sessions", String.class, byte[].class);
        cache.put(sessions.store().keyOf(session.getId()), new byte[] {1, 2, 3});

        assertThat(sessions.findById(session.getId())).isNull();
        assertThat(sessions.findByPrincipalName("alice")).isEmpty();
    }
}

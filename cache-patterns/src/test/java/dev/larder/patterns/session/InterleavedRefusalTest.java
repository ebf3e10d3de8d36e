package dev.larder.patterns.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.patterns.fixture.PointedCache;
import dev.larder.patterns.fixture.Provider;
import dev.larder.testkit.interleave.Interleaving;
import dev.larder.testkit.interleave.Interleavings;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Logins of one user at the same moment, at a store that refuses those beyond a limit: whatever the order of their steps, as many get in as there is room for, no more and no
 * fewer.
 */
@Timeout(900)
@Tag("interleaving")
class InterleavedRefusalTest {

    private static final int SCHEDULES = Boolean.getBoolean("larder.stress") ? 5_000 : 150;

    /** As many as it may take to find what is broken. */
    private static final int SCHEDULES_TO_FAIL_IN = Boolean.getBoolean("larder.stress") ? 5_000 : 300;

    private static final String INDEX = "user";
    private static final String USER = "ann";
    private static final int LIMIT = 2;

    /** How a login is let in: as under test, or in a broken way. */
    private interface Way {

        /** Saves a session that is new, and returns whether it was let in. */
        boolean login(Scene scene, Session session);
    }

    private static final Way RIGHT = (scene, session) -> {
        try {
            return scene.limited.save(session) == SaveResult.SAVED;
        } catch (TooManySessionsException e) {
            return false;
        }
    };

    private static final Way COUNTING_FIRST = (scene, session) -> {
        if (scene.unlimited.findByIndex(INDEX, USER).size() >= LIMIT) {
            return false;
        }
        return scene.unlimited.save(session) == SaveResult.SAVED;
    };

    /** A user with one session, of the two that there may be. */
    private static final class Scene {

        private final Interleaving run;
        private final SessionStore seeing;
        private final SessionStore limited;
        private final SessionStore unlimited;
        private final String first;
        private final List<Boolean> answers = new ArrayList<>();

        Scene(Interleaving run, Cache<String, byte[]> cache, Cache<String, byte[]> index) {
            this.run = run;
            Cache<String, byte[]> sessions = PointedCache.of(cache, run);
            Cache<String, byte[]> values = PointedCache.of(index, run);
            seeing = store(cache, index).build();
            unlimited = store(sessions, values).build();
            limited = store(sessions, values)
                    .maxSessions(INDEX, LIMIT, WhenTooMany.REFUSE_NEW)
                    .build();
            Session session = loggedIn();
            assertThat(seeing.save(session)).isEqualTo(SaveResult.SAVED);
            first = session.id();
        }

        private static SessionStoreBuilder store(Cache<String, byte[]> cache, Cache<String, byte[]> index) {
            return SessionStore.over(cache).indexCache(index).index(INDEX);
        }

        private Session loggedIn() {
            Session session = seeing.create();
            session.attribute(INDEX, USER);
            return session;
        }

        void login(String name, Way way) {
            Session session = loggedIn();
            run.actor(name, () -> {
                answers.add(way.login(this, session));
                look();
            });
        }

        void logout() {
            Session session = Objects.requireNonNull(seeing.find(first));
            run.actor("logout", () -> {
                limited.invalidate(session);
                look();
            });
        }

        /** Looks in one step. */
        private void look() {
            assertThat(seeing.findByIndex(INDEX, USER))
                    .as("sessions of one user")
                    .hasSizeLessThanOrEqualTo(LIMIT);
        }
    }

    /** Plays a scene many times. */
    private interface Play {

        void play(Scene scene);
    }

    private static int check(Provider provider, Play play) {
        return check(SCHEDULES, provider, play);
    }

    private static int check(int schedules, Provider provider, Play play) {
        MutableConfiguration<String, byte[]> settings =
                new MutableConfiguration<String, byte[]>().setStoreByValue(false);
        try (CacheManager manager = provider.newManager()) {
            return Interleavings.ofSeeds(schedules).check(run -> {
                Cache<String, byte[]> cache = manager.createCache("cache", settings);
                Cache<String, byte[]> index = manager.createCache("index", settings);
                try {
                    play.play(new Scene(run, cache, index));
                } finally {
                    manager.destroyCache("cache");
                    manager.destroyCache("index");
                }
            });
        }
    }

    private static void twoLogins(Scene scene, Way way) {
        scene.login("one", way);
        scene.login("other", way);
        scene.run.play();

        assertThat(scene.answers).as("who is let in").containsExactlyInAnyOrder(true, false);
        assertThat(scene.seeing.findByIndex(INDEX, USER))
                .as("sessions of one user")
                .hasSize(LIMIT);
    }

    @ParameterizedTest
    @EnumSource
    void oneOfTwoLoginsHasTheLastPlace(Provider provider) {
        assertThat(check(provider, scene -> twoLogins(scene, RIGHT))).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void loginsWhileAnotherSessionEndsAreNotTooMany(Provider provider) {
        check(provider, scene -> {
            scene.login("one", RIGHT);
            scene.login("other", RIGHT);
            scene.logout();
            scene.run.play();

            assertThat(scene.answers).as("who is let in").contains(true);
            int letIn = (int) scene.answers.stream().filter(each -> each).count();
            assertThat(scene.seeing.findByIndex(INDEX, USER))
                    .as("sessions of one user")
                    .hasSize(letIn);
        });
    }

    @Test
    void countingFirstAndAddingThenIsCaught() {
        assertThatThrownBy(
                        () -> check(SCHEDULES_TO_FAIL_IN, Provider.LARDER, scene -> twoLogins(scene, COUNTING_FIRST)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("sessions of one user");
    }
}

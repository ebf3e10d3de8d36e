package dev.larder.patterns.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.patterns.fixture.PointedCache;
import dev.larder.patterns.fixture.Provider;
import dev.larder.testkit.interleave.Interleaving;
import dev.larder.testkit.interleave.Interleavings;
import java.time.Duration;
import java.time.InstantSource;
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
 * Requests of one session, one of which gives it another id, while others save, and one more looks which ids are valid at each step: whatever the order of their
 * steps, at no moment are two ids valid, no change is lost, and what was ended stays so.
 */
@Timeout(900)
@Tag("interleaving")
class InterleavedRotationTest {

    private static final int SCHEDULES = Boolean.getBoolean("larder.stress") ? 5_000 : 150;

    /** As many as it may take to find what is broken. */
    private static final int SCHEDULES_TO_FAIL_IN = Boolean.getBoolean("larder.stress") ? 5_000 : 300;

    /** How the id is changed: as under test, or in a broken way. */
    private interface Way {

        void rotate(SessionStore store, Session session, Cache<String, byte[]> cache);
    }

    private static final Way RIGHT = (store, session, cache) -> store.rotateId(session);

    /** One session, and those who use it. */
    private static final class Scene {

        private final Interleaving run;
        private final Cache<String, byte[]> cache;
        private final SessionStore store;
        private final SessionStore seeing;
        private final List<String> ids = new ArrayList<>();
        private final String id;

        Scene(Interleaving run, Cache<String, byte[]> cache) {
            this.run = run;
            this.cache = cache;
            seeing = SessionStore.over(cache).build();
            Session session = seeing.create();
            session.attribute("user", "ann");
            seeing.save(session);
            id = session.id();
            ids.add(id);
            IdGenerator noted = () -> {
                String made = IdGenerator.secure().newId();
                ids.add(made);
                return made;
            };
            store = SessionStore.over(PointedCache.of(cache, run)).ids(noted).build();
        }

        void saver(String name) {
            Session session = Objects.requireNonNull(seeing.find(id));
            run.actor(name, () -> {
                session.attribute(name, true);
                assertThat(store.save(session)).isEqualTo(SaveResult.SAVED);
                look();
            });
        }

        void rotator(String name, Way way) {
            Session session = Objects.requireNonNull(seeing.find(id));
            run.actor(name, () -> {
                way.rotate(store, session, PointedCache.of(cache, run));
                look();
            });
        }

        void watcher(int looks) {
            run.actor("watcher", () -> {
                for (int i = 0; i < looks; i++) {
                    run.point("look");
                    look();
                }
            });
        }

        /** Looks in one step. */
        private void look() {
            assertThat(ids.stream().filter(each -> seeing.find(each) != null))
                    .as("valid ids")
                    .hasSizeLessThanOrEqualTo(1);
        }

        Session survivor() {
            List<Session> valid =
                    ids.stream().map(seeing::find).filter(Objects::nonNull).toList();
            assertThat(valid).as("valid sessions").hasSize(1);
            assertThat(seeing.find(id)).as("under the old id").isNull();
            return valid.get(0);
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
        try (CacheManager manager = provider.newManager()) {
            return Interleavings.ofSeeds(schedules).check(run -> {
                Cache<String, byte[]> cache =
                        manager.createCache("cache", new MutableConfiguration<String, byte[]>().setStoreByValue(false));
                try {
                    play.play(new Scene(run, cache));
                } finally {
                    manager.destroyCache("cache");
                }
            });
        }
    }

    private static void saveWhileRotating(Scene scene, Way way) {
        scene.saver("one");
        scene.saver("other");
        scene.rotator("rotator", way);
        scene.watcher(6);
        scene.run.play();

        assertThat(scene.survivor().attributeNames())
                .as("what was saved")
                .containsExactlyInAnyOrder("user", "one", "other");
    }

    @ParameterizedTest
    @EnumSource
    void noChangeIsLostAndNoTwoIdsAreValid(Provider provider) {
        assertThat(check(provider, scene -> saveWhileRotating(scene, RIGHT))).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void twoRotationsLeaveOneSessionWithAllChanges(Provider provider) {
        check(provider, scene -> {
            scene.saver("one");
            scene.rotator("rotator", RIGHT);
            scene.rotator("other rotator", RIGHT);
            scene.watcher(6);
            scene.run.play();

            assertThat(scene.survivor().attributeNames()).as("what was saved").containsExactlyInAnyOrder("user", "one");
        });
    }

    @ParameterizedTest
    @EnumSource
    void logoutEndsTheSessionWhateverItsIdIsBecoming(Provider provider) {
        check(provider, scene -> {
            Session session = Objects.requireNonNull(scene.seeing.find(scene.id));
            scene.run.actor("logout", () -> scene.store.invalidate(session));
            scene.rotator("rotator", RIGHT);
            scene.run.actor("late saver", () -> {
                Session late = scene.store.find(scene.id);
                if (late != null) {
                    late.attribute("late", true);
                    scene.store.save(late);
                }
            });
            scene.watcher(4);
            scene.run.play();

            assertThat(scene.ids)
                    .as("ids")
                    .allSatisfy(each -> assertThat(scene.seeing.find(each)).isNull());
        });
    }

    @ParameterizedTest
    @EnumSource
    void pageThatIsLoadedWhileItsIdIsRenewedHasItsSessionAllTheTime(Provider provider) {
        check(provider, scene -> {
            SessionStore renewing = SessionStore.over(PointedCache.of(scene.cache, scene.run))
                    .renewIdAfter(Duration.ofMillis(1))
                    // not over while the machine stands still in the middle of a run
                    .renewalGrace(Duration.ofHours(1))
                    .clock(InstantSource.offset(InstantSource.system(), Duration.ofSeconds(5)))
                    .build();
            Session session = Objects.requireNonNull(renewing.find(scene.id));
            Session another = Objects.requireNonNull(renewing.find(scene.id));
            List<Boolean> renewed = new ArrayList<>();
            scene.run.actor("renewer", () -> renewed.add(renewing.renewId(session)));
            scene.run.actor("other renewer", () -> renewed.add(renewing.renewId(another)));
            scene.run.actor("page", () -> {
                for (int i = 0; i < 3; i++) {
                    assertThat(renewing.find(scene.id)).as("the page's session").isNotNull();
                }
            });
            scene.run.play();

            assertThat(renewed).as("who has a new id").containsExactlyInAnyOrder(true, false);
        });
    }

    @Test
    void puttingTheNewSessionFirstIsCaught() {
        assertThatThrownBy(() -> check(
                        SCHEDULES_TO_FAIL_IN,
                        Provider.LARDER,
                        scene -> saveWhileRotating(scene, (store, session, cache) -> {
                            byte[] bytes = Objects.requireNonNull(cache.get(session.key()));
                            String id = IdGenerator.secure().newId();
                            scene.ids.add(id);
                            cache.put(store.keyOf(id), bytes);
                            store.invalidate(session);
                        })))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("valid ids");
    }

    @Test
    void endingTheOldSessionWithoutASuccessorIsCaught() {
        assertThatThrownBy(() -> check(
                        SCHEDULES_TO_FAIL_IN,
                        Provider.LARDER,
                        scene -> saveWhileRotating(scene, (store, session, cache) -> {
                            byte[] bytes = Objects.requireNonNull(cache.get(session.key()));
                            store.invalidate(session);
                            String id = IdGenerator.secure().newId();
                            scene.ids.add(id);
                            cache.put(store.keyOf(id), bytes);
                        })))
                .isInstanceOf(AssertionError.class);
    }
}

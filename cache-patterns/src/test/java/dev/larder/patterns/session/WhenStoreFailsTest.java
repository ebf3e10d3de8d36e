package dev.larder.patterns.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.patterns.fixture.Provider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WhenStoreFailsTest {

    private final CacheManager manager = Provider.LARDER.newManager();
    private final StillClock clock = new StillClock();
    private final FailingCache failing =
            new FailingCache(manager.createCache("sessions", new MutableConfiguration<>()));
    private final FailingCache failingIndex =
            new FailingCache(manager.createCache("index", new MutableConfiguration<>()));

    /** Another instance, which is not cut off. */
    private final SessionStore elsewhere = SessionStore.over(manager.<String, byte[]>getCache("sessions"))
            .indexCache(manager.getCache("index"))
            .index("user")
            .clock(clock)
            .build();

    private String id = "";

    @BeforeEach
    void storeOne() {
        Session session = elsewhere.create();
        session.attribute("user", "ann");
        elsewhere.save(session);
        id = session.id();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private SessionStore store(WhenStoreFails choice, boolean comparing) {
        SessionStore store = SessionStore.over(failing.cache())
                .indexCache(failingIndex.cache())
                .index("user")
                .clock(clock)
                .renewIdAfter(Duration.ofMinutes(15))
                .whenStoreFails(choice)
                .localSessions(100)
                .compareAndSet(comparing)
                .build();
        assertThat(store.find(id)).isNotNull();
        return store;
    }

    /** Returns a store that knew the session before it was cut off. */
    private SessionStore cutOff(WhenStoreFails choice) {
        return cutOff(choice, false);
    }

    private SessionStore cutOff(WhenStoreFails choice, boolean comparing) {
        SessionStore store = store(choice, comparing);
        away(true);
        return store;
    }

    private void away(boolean away) {
        failing.away(away);
        failingIndex.away(away);
    }

    private void comesBack(SessionStore store) {
        away(false);
        clock.advance(Duration.ofSeconds(1));
        store.find(IdGenerator.secure().newId());
    }

    private static Session found(SessionStore store, String id) {
        return Objects.requireNonNull(store.find(id), "the session");
    }

    private static Set<String> attributes(SessionStore store, String id) {
        return found(store, id).attributeNames();
    }

    /** Gives a session another id, and returns it by that. */
    private static Session rotated(SessionStore store, String id) {
        Session session = found(store, id);
        store.rotateId(session);
        return session;
    }

    private static Session changed(SessionStore store, String id, String name) {
        Session session = found(store, id);
        session.attribute(name, true);
        assertThat(store.save(session)).isEqualTo(SaveResult.SAVED);
        return session;
    }

    @Test
    void failingStoreFails() {
        SessionStore store = cutOff(WhenStoreFails.FAIL);

        assertThatThrownBy(() -> store.find(id))
                .isInstanceOf(SessionStoreException.class)
                .hasMessageContaining("sessions")
                .hasMessageNotContaining(id);
        away(false);
        assertThat(store.find(id)).isNotNull();
    }

    @Test
    void readOnlyStoreShowsWhatItKnowsAndRefusesToChangeIt() {
        SessionStore store = cutOff(WhenStoreFails.READ_ONLY);

        Session session = found(store, id);
        assertThat(session.attribute("user")).isEqualTo("ann");
        assertThat(store.save(session)).isEqualTo(SaveResult.UNCHANGED);
        session.attribute("a", 1);
        assertThatThrownBy(() -> store.save(session)).isInstanceOf(SessionStoreException.class);
        assertThatThrownBy(() -> store.find(IdGenerator.secure().newId())).isInstanceOf(SessionStoreException.class);

        comesBack(store);
        assertThat(store.save(session)).isEqualTo(SaveResult.SAVED);
        assertThat(found(elsewhere, id).attribute("a")).isEqualTo(1);
    }

    @Test
    void readOnlyStoreIsReadHoweverLongItLasts() {
        SessionStore store = cutOff(WhenStoreFails.READ_ONLY);

        clock.advance(Duration.ofMinutes(20));
        Session session = found(store, id);
        session.accessed();

        assertThat(store.renewId(session)).isFalse();
        assertThat(session.id()).isEqualTo(id);
        assertThat(store.save(session)).isEqualTo(SaveResult.UNCHANGED);
        comesBack(store);
        assertThat(store.save(session)).isEqualTo(SaveResult.SAVED);
        assertThat(store.renewId(session)).isTrue();
    }

    @Test
    void readOnlyStoreBeginsNoSession() {
        SessionStore store = cutOff(WhenStoreFails.READ_ONLY);

        assertThatThrownBy(() -> store.save(store.create())).isInstanceOf(SessionStoreException.class);
    }

    @Test
    void readOnlyStoreNoLongerShowsASessionThatWasToEnd() {
        SessionStore store = cutOff(WhenStoreFails.READ_ONLY);

        assertThatThrownBy(() -> store.invalidate(id)).isInstanceOf(SessionStoreException.class);

        assertThatThrownBy(() -> store.find(id)).isInstanceOf(SessionStoreException.class);
    }

    @Test
    void localChangesAreMergedWhenTheStoreIsBack() {
        SessionStore store = cutOff(WhenStoreFails.LOCAL);
        changed(store, id, "here");
        changed(store, id, "here too");
        changed(elsewhere, id, "there");
        assertThat(attributes(store, id)).containsExactlyInAnyOrder("user", "here", "here too");

        comesBack(store);

        assertThat(attributes(elsewhere, id)).containsExactlyInAnyOrder("user", "here", "here too", "there");
        assertThat(attributes(store, id)).contains("there");
    }

    @Test
    void sessionsBegunLocallyAreStoredWhenTheStoreIsBack() {
        SessionStore store = cutOff(WhenStoreFails.LOCAL);
        Session session = store.create();
        session.attribute("user", "bob");
        assertThat(store.save(session)).isEqualTo(SaveResult.SAVED);
        assertThat(store.find(session.id())).isNotNull();
        assertThat(elsewhere.find(session.id())).isNull();

        comesBack(store);

        assertThat(found(elsewhere, session.id()).attribute("user")).isEqualTo("bob");
        assertThat(elsewhere.findByIndex("user", "bob")).hasSize(1);
    }

    @Test
    void whatEndedThereStaysEnded() {
        SessionStore store = cutOff(WhenStoreFails.LOCAL);
        changed(store, id, "here");
        elsewhere.invalidate(id);

        comesBack(store);

        assertThat(store.find(id)).isNull();
        assertThat(elsewhere.find(id)).isNull();
    }

    @Test
    void whatEndedHereEndsThereBeforeAnythingElse() {
        SessionStore store = store(WhenStoreFails.LOCAL, false);
        Session other = elsewhere.create();
        elsewhere.save(other);
        changed(store, other.id(), "before");
        away(true);
        changed(store, other.id(), "after");
        Session ending = changed(store, id, "late");
        store.invalidate(ending);
        assertThat(store.find(id)).isNull();

        comesBack(store);

        assertThat(elsewhere.find(id)).isNull();
        assertThat(failing.invoked()).first().isEqualTo(ending.key());
        assertThat(attributes(elsewhere, other.id())).contains("before", "after");
    }

    @Test
    void nobodySeesASessionThatEndedHereWhileTheStoreIsTold() {
        SessionStore store = cutOff(WhenStoreFails.LOCAL);
        store.invalidate(id);
        List<Boolean> seen = new ArrayList<>();
        away(false);
        failing.beforeInvoke(() -> {
            assertThat(elsewhere.find(id)).as("there, before it was told").isNotNull();
            seen.add(CompletableFuture.supplyAsync(() -> store.find(id) != null).join());
        });
        clock.advance(Duration.ofSeconds(1));

        assertThat(store.find(id)).isNull();

        assertThat(seen).containsExactly(false);
        assertThat(elsewhere.find(id)).isNull();
    }

    @Test
    void changeMadeHereWhileTheStoreIsToldIsToldToo() {
        SessionStore store = cutOff(WhenStoreFails.LOCAL);
        changed(store, id, "before");
        away(false);
        failing.beforeInvoke(() -> CompletableFuture.runAsync(() -> changed(store, id, "meanwhile"))
                .join());

        comesBack(store);

        assertThat(attributes(elsewhere, id)).contains("before", "meanwhile");
    }

    @Test
    void everybodyIsThereWhileTheStoreIsTold() {
        SessionStore store = cutOff(WhenStoreFails.LOCAL);
        List<String> ids = new ArrayList<>(List.of(id));
        changed(store, id, "here");
        for (int i = 0; i < 3; i++) {
            Session begun = store.create();
            store.save(begun);
            ids.add(begun.id());
        }
        List<Boolean> seen = new ArrayList<>();
        away(false);
        failing.beforeInvokes(() -> CompletableFuture.runAsync(
                        () -> ids.forEach(each -> seen.add(store.find(each) != null)))
                .join());

        comesBack(store);

        assertThat(seen).hasSize(ids.size() * ids.size()).containsOnly(true);
        assertThat(ids).allSatisfy(each -> assertThat(store.find(each)).isNotNull());
    }

    @Test
    void storeThatFailsAgainWhileItIsToldIsToldTheRestLater() {
        SessionStore store = cutOff(WhenStoreFails.LOCAL);
        changed(store, id, "here");
        away(false);
        failing.beforeInvoke(() -> {
            away(true);
            failing.cache().clear();
        });
        clock.advance(Duration.ofSeconds(1));
        assertThat(attributes(store, id)).contains("here");

        comesBack(store);

        assertThat(attributes(elsewhere, id)).contains("here");
    }

    @Test
    void idThatWasRotatedHereIsRotatedThere() {
        SessionStore store = cutOff(WhenStoreFails.LOCAL);
        Session session = rotated(store, id);
        changed(store, session.id(), "after");
        assertThat(store.find(id)).isNull();

        comesBack(store);

        assertThat(elsewhere.find(id)).isNull();
        assertThat(attributes(elsewhere, session.id())).containsExactlyInAnyOrder("user", "after");
    }

    @Test
    void rotationHereBringsNothingBackThatEndedThere() {
        SessionStore store = cutOff(WhenStoreFails.LOCAL);
        Session session = rotated(store, id);
        elsewhere.invalidate(id);

        comesBack(store);

        assertThat(elsewhere.find(session.id())).isNull();
        assertThat(store.find(session.id())).isNull();
    }

    @Test
    void changesMadeHereFollowASessionThatWasGivenAnotherIdThere() {
        SessionStore store = cutOff(WhenStoreFails.LOCAL);
        changed(store, id, "here");
        Session there = rotated(elsewhere, id);
        changed(elsewhere, there.id(), "there");

        comesBack(store);

        assertThat(attributes(elsewhere, there.id())).containsExactlyInAnyOrder("user", "here", "there");
        assertThat(store.find(id)).isNull();
    }

    @Test
    void logoutHereEndsASessionThatWasGivenAnotherIdThere() {
        SessionStore store = cutOff(WhenStoreFails.LOCAL);
        store.invalidate(id);
        Session there = rotated(elsewhere, id);

        comesBack(store);

        assertThat(elsewhere.find(there.id())).isNull();
    }

    @Test
    void whatWasChangedThereMovesAlongWithASessionThatWasGivenAnotherIdHere() {
        SessionStore store = cutOff(WhenStoreFails.LOCAL);
        changed(store, id, "before");
        Session here = rotated(store, id);
        changed(store, here.id(), "after");
        changed(elsewhere, id, "there");

        comesBack(store);

        assertThat(elsewhere.find(id)).isNull();
        assertThat(attributes(elsewhere, here.id())).containsExactlyInAnyOrder("user", "before", "after", "there");
    }

    @Test
    void changeMadeThereWhileTheStoreIsToldOfAnotherIdIsKept() {
        SessionStore store = cutOff(WhenStoreFails.LOCAL);
        Session here = rotated(store, id);
        away(false);
        Session late = found(elsewhere, id);
        late.attribute("late", true);
        List<SaveResult> results = new ArrayList<>();
        failing.beforeInvokes(() -> {
            results.add(elsewhere.save(late));
            late.attribute("late " + results.size(), true);
        });

        comesBack(store);

        assertThat(results).isNotEmpty().containsOnly(SaveResult.SAVED);
        assertThat(attributes(elsewhere, here.id())).contains("user", "late", "late " + (results.size() - 1));
    }

    @Test
    void sessionThatWasGivenOtherIdsHereAndThereHasOneAfterwardsAndAllChanges() {
        SessionStore store = cutOff(WhenStoreFails.LOCAL);
        Session here = rotated(store, id);
        changed(store, here.id(), "here");
        Session there = rotated(elsewhere, id);
        changed(elsewhere, there.id(), "there");

        comesBack(store);

        assertThat(elsewhere.find(id)).isNull();
        assertThat(elsewhere.find(there.id()))
                .as("by the id it was given there")
                .isNull();
        assertThat(attributes(elsewhere, here.id())).containsExactlyInAnyOrder("user", "here", "there");
    }

    @Test
    void sessionThatWasGivenTwoIdsHereHasTheLastOne() {
        SessionStore store = cutOff(WhenStoreFails.LOCAL);
        Session here = rotated(store, id);
        changed(store, here.id(), "one");
        store.rotateId(here);
        changed(store, here.id(), "two");
        assertThat(store.find(id)).isNull();

        comesBack(store);

        assertThat(attributes(elsewhere, here.id())).containsExactlyInAnyOrder("user", "one", "two");
    }

    @Test
    void changeThatFollowedAnotherIdHereIsToldOnce() {
        SessionStore store = cutOff(WhenStoreFails.LOCAL, true);
        Session late = found(store, id);
        Session here = rotated(store, id);
        late.attribute("value", 1);
        assertThat(store.save(late)).isEqualTo(SaveResult.SAVED);
        Session next = found(store, here.id());
        next.attribute("value", 2);
        assertThat(store.save(next)).isEqualTo(SaveResult.SAVED);

        comesBack(store);

        assertThat(found(elsewhere, here.id()).attribute("value")).isEqualTo(2);
    }

    @Test
    void whoChangesSessionsFasterThanTheyAreToldWaitsInTheEnd() {
        SessionStore store = cutOff(WhenStoreFails.LOCAL);
        changed(store, id, "before");
        away(false);
        Thread teller = Thread.currentThread();
        List<CompletableFuture<Session>> meanwhile = new ArrayList<>();
        whileTold(100, () -> {
            if (Thread.currentThread() == teller) {
                String name = "meanwhile " + meanwhile.size();
                meanwhile.add(startedOrBlocked(() -> changed(store, id, name)));
            }
        });

        comesBack(store);

        assertThat(meanwhile).hasSizeLessThan(100).allSatisfy(each -> each.join());
        assertThat(attributes(elsewhere, id)).hasSize(2 + meanwhile.size());
    }

    private void whileTold(int times, Runnable action) {
        failing.beforeInvoke(() -> {
            if (times > 1) {
                whileTold(times - 1, action);
            }
            action.run();
        });
    }

    /** Runs something on another thread until it is done, or waits for this one. */
    private static <T> CompletableFuture<T> startedOrBlocked(Supplier<T> action) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> result.completeAsync(action, Runnable::run));
        thread.start();
        while (thread.isAlive() && thread.getState() != Thread.State.BLOCKED) {
            Thread.onSpinWait();
        }
        return result;
    }

    @Test
    void localStoreHasAnEnd() {
        SessionStore store = cutOff(WhenStoreFails.LOCAL);
        for (int i = 0; i < 50; i++) {
            store.save(store.create());
        }
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 51; i++) {
                        store.save(store.create());
                    }
                })
                .isInstanceOf(SessionStoreException.class)
                .hasMessageContaining("localSessions = 100");
    }
}

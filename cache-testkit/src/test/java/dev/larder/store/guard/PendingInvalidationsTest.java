package dev.larder.store.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(600)
class PendingInvalidationsTest {

    private final PendingInvalidations<String> pending = new PendingInvalidations<>(3);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    private static StoreException down() {
        return new StoreException("down", Applied.NO, null);
    }

    @Test
    void aKeyIsForgottenOnceItIsRemoved() {
        List<String> removed = new ArrayList<>();
        pending.add("k", null);

        pending.settle("k", removed::add);
        pending.settle("k", removed::add);

        assertThat(removed).containsExactly("k");
        assertThat(pending.isEmpty()).isTrue();
    }

    @Test
    void aKeyThatCannotBeRemovedStays() {
        pending.add("k", null);

        assertThatThrownBy(() -> pending.settle("k", key -> {
                    throw down();
                }))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.applied()).isEqualTo(Applied.NO))
                .hasMessageContaining("down");

        assertThat(pending.contains("k")).isTrue();
    }

    /** What failed during the removal may have reached the store after it. */
    @Test
    void aKeyThatIsAddedWhileItIsRemovedIsRemovedAgain() {
        AtomicInteger removals = new AtomicInteger();
        pending.add("k", null);

        pending.settle("k", key -> {
            if (removals.incrementAndGet() == 1) {
                pending.add("k", null);
            }
        });

        assertThat(removals).hasValue(2);
    }

    @Test
    void aTagThatIsAddedWhileItIsInvalidatedIsInvalidatedAgain() {
        List<Set<String>> invalidated = new ArrayList<>();
        pending.addTags(Set.of("red"));
        assertThat(pending.contains("any key")).isTrue();

        pending.settleTags(tags -> {
            invalidated.add(tags);
            if (invalidated.size() == 1) {
                pending.addTags(Set.of("red"));
            }
        });

        assertThat(invalidated).containsExactly(Set.of("red"), Set.of("red"));
        assertThat(pending.isEmpty()).isTrue();
    }

    @Test
    void aTagThatCannotBeInvalidatedStays() {
        pending.addTags(Set.of("red"));

        assertThatThrownBy(() -> pending.settleTags(tags -> {
                    throw down();
                }))
                .isInstanceOf(StoreException.class);

        assertThat(pending.size()).isOne();
    }

    @Test
    void tooManyTagsStandForAllKeys() {
        pending.addTags(Set.of("a", "b", "c"));
        assertThat(pending.size()).isEqualTo(3);

        pending.addTags(Set.of("d"));

        assertThat(pending.size()).isEqualTo(-1);
        pending.settleAll(() -> {});
        assertThat(pending.isEmpty()).isTrue();
    }

    @Test
    void allThatIsAddedWhileAllIsClearedIsClearedAgain() {
        AtomicInteger clears = new AtomicInteger();
        pending.addAll(null);

        pending.settleAll(() -> {
            if (clears.incrementAndGet() == 1) {
                pending.addAll(null);
            }
        });

        assertThat(clears).hasValue(2);
    }

    @Test
    void aClearSettlesTheKeysThatWerePendingBeforeIt() {
        pending.add("before", null);
        pending.addAll(null);

        pending.settleAll(() -> pending.add("meanwhile", null));

        assertThat(pending.contains("before")).isFalse();
        assertThat(pending.contains("meanwhile")).isTrue();
    }

    /** What failed during the clear may have reached the store after it. */
    @Test
    void aKeyThatWasMarkedAgainDuringAClearStays() {
        pending.add("k", null);
        pending.addAll(null);

        pending.settleAll(() -> pending.add("k", null));

        assertThat(pending.contains("k")).isTrue();
    }

    @Test
    void aKeyIsHeldByACallThatGoesOn() {
        CompletableFuture<Void> late = new CompletableFuture<>();
        AtomicInteger removals = new AtomicInteger();
        pending.add("k", late);
        pending.add("k", null);

        assertThatThrownBy(() -> pending.settle("k", key -> removals.incrementAndGet()))
                .isInstanceOf(StoreException.class);
        assertThat(pending.removable()).isEmpty();
        late.completeExceptionally(new IllegalStateException());
        pending.settle("k", key -> removals.incrementAndGet());

        assertThat(removals).hasValue(1);
        assertThat(pending.isEmpty()).isTrue();
    }

    /** The call may have changed the key after the clear did, and before it ended. */
    @Test
    void aCallThatEndsDuringAClearHoldsItsKeyThroughIt() {
        CompletableFuture<Void> late = new CompletableFuture<>();
        pending.add("k", late);
        pending.addAll(null);

        pending.settleAll(() -> late.complete(null));

        assertThat(pending.contains("k")).isTrue();
    }

    @Test
    void whatIsMoreThanThereIsRoomForPendsAll() {
        for (String key : List.of("a", "b", "c")) {
            pending.add(key, null);
        }
        assertThat(pending.size()).isEqualTo(3);

        pending.add("d", null);

        assertThat(pending.size()).isEqualTo(-1);
        assertThat(pending.contains("never seen")).isTrue();
    }

    @Test
    void aKeyThatIsHeldFindsRoomAlways() {
        for (String key : List.of("a", "b", "c")) {
            pending.add(key, null);
        }

        pending.add("d", new CompletableFuture<>());
        pending.addAll(null);
        pending.settleAll(() -> {});

        assertThat(pending.size()).isEqualTo(1);
        assertThat(pending.contains("d")).isTrue();
    }

    private Future<?> settleInAThread(Consumer<String> removal) {
        return threads.submit(() -> pending.settle("k", removal));
    }

    /** A removal that is sent twice could take away what was stored after the first. */
    @Test
    void oneThreadRemovesAndTheOthersWaitForIt() throws Exception {
        CountDownLatch removing = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger removals = new AtomicInteger();
        pending.add("k", null);
        Future<?> first = settleInAThread(key -> {
            removals.incrementAndGet();
            removing.countDown();
            await(go);
        });
        await(removing);

        Thread second = new Thread(() -> pending.settle("k", key -> removals.incrementAndGet()));
        second.start();
        Awaitility.await().until(() -> second.getState() == Thread.State.WAITING);
        go.countDown();
        second.join(30_000);
        first.get(30, TimeUnit.SECONDS);

        assertThat(removals).hasValue(1);
        assertThat(pending.isEmpty()).isTrue();
    }

    @Test
    void keysThatArePendingAreRemovedTogether() {
        List<Set<String>> removed = new ArrayList<>();
        pending.add("a", null);
        pending.add("b", null);

        assertThat(pending.settle(Set.of("a", "b", "c"), keys -> removed.add(Set.copyOf(keys))))
                .isEmpty();
        pending.settle(Set.of("a", "b", "c"), keys -> removed.add(keys));

        assertThat(removed).containsExactly(Set.of("a", "b"));
        assertThat(pending.isEmpty()).isTrue();
    }

    @Test
    void keysThatCannotBeRemovedTogetherStay() {
        pending.add("a", null);
        pending.add("b", null);

        Map<String, StoreException> failures = pending.settle(Set.of("a", "b"), keys -> {
            throw down();
        });

        assertThat(failures).containsOnlyKeys("a", "b");
        assertThat(pending.size()).isEqualTo(2);
        pending.settle("a", key -> {});
        assertThat(pending.contains("a")).as("held by nobody").isFalse();
    }

    /** What failed during the removal may have reached the store after it. */
    @Test
    void aKeyThatIsAddedWhileManyAreRemovedStays() {
        pending.add("a", null);
        pending.add("b", null);

        pending.settle(Set.of("a", "b"), keys -> pending.add("a", null));

        assertThat(pending.contains("a")).isTrue();
        assertThat(pending.contains("b")).isFalse();
    }

    @Test
    void aKeyThatIsHeldIsNotRemovedWithOthers() {
        CompletableFuture<Void> late = new CompletableFuture<>();
        List<String> removed = new ArrayList<>();
        pending.add("held", late);
        pending.add("free", null);

        Map<String, StoreException> failures = pending.settle(Set.of("held", "free"), removed::addAll);

        assertThat(removed).containsExactly("free");
        assertThat(failures).containsOnlyKeys("held");
        assertThat(pending.contains("held")).isTrue();
    }

    /** Else two that remove the same keys in another order would wait for each other. */
    @Test
    void whatAnotherThreadRemovesIsNotRemovedWithOthersNorWaitedFor() throws Exception {
        CountDownLatch removing = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        List<String> removed = new ArrayList<>();
        pending.add("other's", null);
        pending.add("own", null);
        Future<?> other = threads.submit(() -> pending.settle("other's", key -> {
            removing.countDown();
            await(go);
        }));
        await(removing);

        Map<String, StoreException> failures = pending.settle(Set.of("other's", "own"), removed::addAll);

        assertThat(failures).isEmpty();
        assertThat(removed).containsExactly("own");
        assertThat(pending.contains("other's")).isTrue();
        go.countDown();
        other.get(30, TimeUnit.SECONDS);
    }

    /** A removal that is sent twice could take away what was stored after the first. */
    @Test
    void whoeverWantsOneOfManyThatAreBeingRemovedWaits() throws Exception {
        CountDownLatch removing = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger removals = new AtomicInteger();
        pending.add("k", null);
        Future<?> many = threads.submit(() -> pending.settle(Set.of("k"), keys -> {
            removing.countDown();
            await(go);
        }));
        await(removing);

        Thread second = new Thread(() -> pending.settle("k", key -> removals.incrementAndGet()));
        second.start();
        Awaitility.await().until(() -> second.getState() == Thread.State.WAITING);
        go.countDown();
        second.join(30_000);
        many.get(30, TimeUnit.SECONDS);

        assertThat(removals).hasValue(0);
        assertThat(pending.isEmpty()).isTrue();
    }

    @Test
    void whoWaitedForARemovalThatFailedDoesNotWaitAgain() throws Exception {
        CountDownLatch removing = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger removals = new AtomicInteger();
        pending.add("k", null);
        Future<?> first = settleInAThread(key -> {
            removals.incrementAndGet();
            removing.countDown();
            await(go);
            throw down();
        });
        await(removing);

        List<Throwable> failures = new ArrayList<>();
        Thread second = new Thread(() -> {
            try {
                pending.settle("k", key -> removals.incrementAndGet());
            } catch (StoreException e) {
                failures.add(e);
            }
        });
        second.start();
        Awaitility.await().until(() -> second.getState() == Thread.State.WAITING);
        go.countDown();
        second.join(30_000);

        assertThat(failures).hasSize(1);
        assertThat(removals).hasValue(1);
        assertThatThrownBy(() -> first.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(StoreException.class);
    }

    /** The removal under way may reach the store late, when something was stored for which a clear made the way free. */
    @Test
    void aKeyThatIsBeingRemovedIsNotForgottenByAClear() throws Exception {
        CountDownLatch removing = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        pending.add("k", null);
        Future<?> removal = settleInAThread(key -> {
            removing.countDown();
            await(go);
        });
        await(removing);
        pending.addAll(null);

        pending.settleAll(() -> {});
        assertThat(pending.contains("k")).isTrue();
        go.countDown();
        removal.get(30, TimeUnit.SECONDS);

        assertThat(pending.isEmpty()).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

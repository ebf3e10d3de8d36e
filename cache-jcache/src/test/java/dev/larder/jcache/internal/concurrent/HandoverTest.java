package dev.larder.jcache.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jcache.concurrency.Crew;
import dev.larder.jcache.concurrency.Holdup;
import dev.larder.jcache.concurrency.Stress;
import dev.larder.jcache.concurrency.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(600)
class HandoverTest {

    /** It has the hash code of "Aa". */
    private static final String TWIN = "BB";

    @RegisterExtension
    final Crew crew = new Crew();

    private final Heard<String> heard = new Heard<>();
    private final KeyLocks<String, String> locks = new KeyLocks<>("users", heard);

    @AfterEach
    void nothingIsLeftInTheTable() {
        assertThat(locks.size()).isZero();
        assertThat(Turn.isDelivering()).isFalse();
    }

    private void leave(String key, String message) {
        try (Hold<String, String> hold = locks.lock(key)) {
            hold.leave(message);
        }
    }

    @Test
    void messageIsDeliveredWhenTheKeyIsLetGo() {
        try (Hold<String, String> hold = locks.lock("k")) {
            hold.leave("first");
            hold.leave("second");

            assertThat(heard.accepted()).containsExactly("first", "second");
            assertThat(heard.delivered()).isEmpty();
        }

        assertThat(heard.delivered()).containsExactly("first", "second");
    }

    @Test
    void messageThatIsNotWantedIsNotDelivered() {
        heard.wantNone();

        leave("k", "message");

        assertThat(heard.accepted()).containsExactly("message");
        assertThat(heard.delivered()).isEmpty();
        assertThat(locks.leave("k", "nobody's")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Aa", TWIN})
    void keyIsFreeWhileItsMessageIsDelivered(String other) {
        Holdup busy = new Holdup();
        heard.thenDo(message -> {
            if (message.equals("slow")) {
                busy.stay();
            }
        });
        Task<Void> first = crew.run(() -> leave("Aa", "slow"));
        busy.awaitReached();

        crew.run(() -> locks.lock(other).close()).get();

        assertThat(first.isDone()).isFalse();
        busy.release();
        first.get();
    }

    @Test
    void messageWaitsUntilTheOneBeforeIsDelivered() {
        Holdup busy = new Holdup();
        heard.thenDo(message -> {
            if (message.equals("first")) {
                busy.stay();
            }
        });
        Task<Void> first = crew.run(() -> leave("k", "first"));
        busy.awaitReached();

        Task<Void> second = crew.run(() -> leave("k", "second"));
        second.awaitWaiting();
        assertThat(heard.delivered()).containsExactly("first");

        busy.release();
        first.get();
        second.get();
        assertThat(heard.delivered()).containsExactly("first", "second");
    }

    @Test
    void messageOfAKeyWaitsForNoOther() {
        Holdup busy = new Holdup();
        heard.thenDo(message -> {
            if (message.equals("slow")) {
                busy.stay();
            }
        });
        Task<Void> first = crew.run(() -> leave("Aa", "slow"));
        busy.awaitReached();

        Stream.of(TWIN, "k", "l").forEach(key -> leave(key, key));

        assertThat(heard.delivered()).containsExactly("slow", TWIN, "k", "l");
        busy.release();
        first.get();
    }

    /** Who comes while the key is locked has put up a crowd; what follows for who was alone is another way to the same. */
    @Test
    void messageOfWhoWasAloneWhenHeCameIsDeliveredFirst() {
        Task<Void> second;
        try (Hold<String, String> hold = locks.lock("k")) {
            second = crew.run(() -> leave("k", "second"));
            second.awaitWaiting();
            hold.leave("first");
        }

        second.get();
        assertThat(heard.delivered()).containsExactly("first", "second");
    }

    @Test
    void whoeverComesFirstDeliversWhatWasLeftBefore() {
        Runnable first = locks.leave("k", "first");
        Runnable second = locks.leave("k", "second");

        second.run();

        assertThat(heard.delivered()).containsExactly("first", "second");
        first.run();
        assertThat(heard.delivered()).hasSize(2);
    }

    @Test
    void failureBelongsToTheMessageItWasOn() {
        heard.thenDo(message -> {
            if (message.equals("first")) {
                throw new IllegalStateException("no");
            }
        });
        Runnable first = locks.leave("k", "first");

        leave("k", "second");

        assertThatThrownBy(first::run).hasMessage("no");
    }

    @ParameterizedTest(name = "in a crowd: {0}")
    @ValueSource(booleans = {false, true})
    void failureIsThrownWhenAllIsDelivered(boolean inCrowd) {
        heard.thenDo(message -> {
            if (!message.equals("last")) {
                throw new IllegalStateException("no " + message);
            }
        });
        Hold<String, String> hold = locks.lock("k");
        if (inCrowd) {
            leave(neighbour("k"), "last");
        }
        hold.leave("first");
        hold.leave("second");
        hold.leave("last");

        assertThatThrownBy(hold::close).hasMessage("no second");

        assertThat(heard.delivered()).endsWith("first", "second", "last");
    }

    /** Returns another key in the same slot. */
    private static String neighbour(String key) {
        return Stream.iterate(0, i -> i + 1)
                .map(String::valueOf)
                .filter(each -> Slots.indexOf(each) == Slots.indexOf(key))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void messagesFromAReceiverAreDeliveredAfterThoseItHears() {
        List<String> order = new ArrayList<>();
        heard.thenDo(message -> {
            order.add(message);
            if (message.equals("outer")) {
                leave("k", "inner");
            }
            order.add("end of " + message);
        });

        leave("k", "outer");

        assertThat(order).containsExactly("outer", "end of outer", "inner", "end of inner");
    }

    /** Each waits for the lock or the turn of the other, unless a receiver waits for no turn. */
    @Test
    void receiversThatChangeEachOthersKeysDoNotWaitForEachOther() {
        heard.thenDo(message -> {
            if (message.equals("a")) {
                leave("b", "from a");
            } else if (message.equals("b")) {
                leave("a", "from b");
            }
        });

        crew.race(2, thread -> {
            for (int i = 0; i < 1_000; i++) {
                leave(thread == 0 ? "a" : "b", thread == 0 ? "a" : "b");
            }
        });

        assertThat(heard.delivered()).hasSize(4_000);
    }

    @Test
    void messagesOfSeveralKeysAreDeliveredWhenAllAreFree() {
        heard.thenDo(message -> {
            if (message.equals("first")) {
                crew.run(() -> locks.lock("b").close()).get();
            }
            throw new IllegalStateException("no " + message);
        });
        Holds<String, String> holds = locks.lockAll(List.of("b", "a", "c"));
        holds.of("b").leave("first");
        holds.of("a").leave("second");

        assertThatThrownBy(holds::close).hasMessage("no first");

        assertThat(heard.delivered()).containsExactly("first", "second");
    }

    @Test
    void messageOfNobodyIsNotHeldUpByAHoldThatChangesNothingYet() {
        try (Hold<String, String> hold = locks.lock("k")) {
            locks.leave("k", "nobody's").run();

            assertThat(heard.delivered()).containsExactly("nobody's");
            assertThat(hold.takeAsides()).isEmpty();
        }
    }

    @Test
    void messageOfNobodyWaitsForTheChangeOfItsKey() {
        try (Hold<String, String> hold = locks.lock("k")) {
            hold.startChange();

            assertThat(locks.leave("k", "first")).isNull();
            assertThat(locks.leave("k", "second")).isNull();

            assertThat(heard.accepted()).isEmpty();
            assertThat(hold.takeAsides()).containsExactly("first", "second");
            assertThat(hold.takeAsides()).isEmpty();
        }
    }

    @Test
    void messageOfNobodyWaitsForNoChangeOfAnotherKey() {
        try (Hold<String, String> hold = locks.lock("Aa")) {
            hold.startChange();

            locks.leave(TWIN, "nobody's").run();

            assertThat(heard.delivered()).containsExactly("nobody's");
        }
    }

    @ParameterizedTest(name = "with a message: {0}")
    @ValueSource(booleans = {false, true})
    void messageOfNobodyThatTheChangeDidNotTakeIsDeliveredAfterIt(boolean withMessage) {
        Hold<String, String> hold = locks.lock("k");
        hold.startChange();
        hold.takeAsides();
        if (withMessage) {
            hold.leave("change");
        }
        assertThat(locks.leave("k", "nobody's")).isNull();

        hold.close();

        assertThat(heard.delivered()).endsWith("nobody's").hasSize(withMessage ? 2 : 1);
        assertThat(heard.accepted()).isEqualTo(heard.delivered());
    }

    /** Others come at any time until the holder has queued what he leaves; and then their messages are queued too. */
    @Test
    void messageOfNobodyThatComesWhileTheLastAreTakenIsDeliveredAfterThem() {
        heard.whenAccepting(message -> {
            if (message.equals("first of nobody")) {
                assertThat(locks.leave("k", "second of nobody")).isNull();
            }
        });
        Hold<String, String> hold = locks.lock("k");
        hold.startChange();
        hold.leave("change");
        assertThat(locks.leave("k", "first of nobody")).isNull();

        hold.close();

        assertThat(heard.delivered()).containsExactly("change", "first of nobody", "second of nobody");
    }

    @Test
    void messageOfNobodyComesAfterTheOneThatIsBeingDelivered() {
        heard.thenDo(message -> {
            if (message.equals("change")) {
                locks.leave("k", "nobody's").run();
                assertThat(heard.delivered()).containsExactly("change");
            }
        });
        try (Hold<String, String> hold = locks.lock("k")) {
            hold.startChange();
            hold.leave("change");
        }

        assertThat(heard.delivered()).containsExactly("change", "nobody's");
    }

    /** Some of them with one hash code, some alone; some with one message, some with more or none. */
    @Test
    void messagesOfEachKeyComeInTheOrderOfItsHoldsAndEachOnce() {
        List<String> keys = List.of("Aa", TWIN, "k");
        Map<String, AtomicInteger> holds = new ConcurrentHashMap<>();
        Map<String, AtomicInteger> last = new ConcurrentHashMap<>();
        keys.forEach(key -> {
            holds.put(key, new AtomicInteger());
            last.put(key, new AtomicInteger());
        });
        Receiver<Map.Entry<String, Integer>> inOrder = new Receiver<>() {
            @Override
            public boolean accept(Map.Entry<String, Integer> message) {
                return true;
            }

            @Override
            public void deliver(Map.Entry<String, Integer> message) {
                int before = last.get(message.getKey()).getAndSet(message.getValue());
                assertThat(before).isEqualTo(message.getValue() - 1);
            }
        };
        KeyLocks<String, Map.Entry<String, Integer>> ordered = new KeyLocks<>("users", inOrder);
        int rounds = Stress.rounds(50_000, 3_000_000);

        crew.race(4, thread -> {
            Random random = new Random(thread);
            for (int i = 0; i < rounds; i++) {
                String key = keys.get(random.nextInt(keys.size()));
                int delivered = 0;
                try (Hold<String, Map.Entry<String, Integer>> hold = ordered.lock(key)) {
                    for (int messages = random.nextInt(3); messages > 0; messages--) {
                        delivered = holds.get(key).incrementAndGet();
                        hold.leave(Map.entry(key, delivered));
                    }
                }
                assertThat(last.get(key).get()).isGreaterThanOrEqualTo(delivered);
            }
        });

        assertThat(ordered.size()).isZero();
        keys.forEach(key -> assertThat(last.get(key)).hasValue(holds.get(key).get()));
    }
}

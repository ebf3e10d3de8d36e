package dev.larder.jcache.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class ThreadSlotsTest {

    @Test
    void threadKeepsItsSlot() throws InterruptedException {
        List<Integer> slots = new ArrayList<>();
        run(() -> {
            for (int i = 0; i < 100; i++) {
                slots.add(ThreadSlots.mine());
            }
        });

        assertThat(slots).hasSize(100).containsOnly(slots.get(0));
    }

    @Test
    void noTwoThreadsThatLiveHaveTheSameSlot() throws InterruptedException {
        int number = 3 * ThreadSlots.COUNT;
        CountDownLatch allLook = new CountDownLatch(number);
        List<AtomicInteger> users = new ArrayList<>();
        for (int i = 0; i < ThreadSlots.COUNT; i++) {
            users.add(new AtomicInteger());
        }
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            Thread thread = new Thread(() -> {
                int slot = ThreadSlots.mine();
                if (slot != ThreadSlots.NONE) {
                    users.get(slot).incrementAndGet();
                }
                allLook.countDown();
                await(allLook);
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(users).allSatisfy(count -> assertThat(count.get()).isLessThanOrEqualTo(1));
        assertThat(users.stream().mapToInt(AtomicInteger::get).sum()).isPositive();
    }

    @Test
    void slotOfAThreadThatHasEndedGoesToAnother() throws InterruptedException {
        AtomicInteger withSlot = new AtomicInteger();
        for (int i = 0; i < 4 * ThreadSlots.COUNT; i++) {
            run(() -> withSlot.addAndGet(ThreadSlots.mine() == ThreadSlots.NONE ? 0 : 1));
        }

        // other threads of this JVM may live and have some
        assertThat(withSlot).hasValueGreaterThan(2 * ThreadSlots.COUNT);
    }

    @Test
    void threadThatGivesItselfAnIdHasNone() throws InterruptedException {
        AtomicInteger slot = new AtomicInteger();
        Thread impostor = new Thread(() -> slot.set(ThreadSlots.mine())) {
            @Override
            @SuppressWarnings("deprecation") // newer versions of the JDK would rather have another name called
            public long getId() {
                return 4_711;
            }
        };
        impostor.start();
        impostor.join();

        assertThat(slot).hasValue(ThreadSlots.NONE);
    }

    @Test
    void virtualThreadHasNone() throws Exception {
        assumeTrue(Runtime.version().feature() >= 21, "no virtual threads");
        AtomicInteger slot = new AtomicInteger();
        Thread virtual = (Thread)
                Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, (Runnable)
                        () -> slot.set(ThreadSlots.mine()));
        virtual.join();

        assertThat(slot).hasValue(ThreadSlots.NONE);
    }

    private static void run(Runnable work) throws InterruptedException {
        Thread thread = new Thread(work);
        thread.start();
        thread.join();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

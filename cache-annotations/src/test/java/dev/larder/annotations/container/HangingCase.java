package dev.larder.annotations.container;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A test that never ends, for a JVM that is to be killed; by its name no build runs it. */
class HangingCase {

    @Test
    void neverEnds() throws InterruptedException {
        new CountDownLatch(1).await();
    }
}

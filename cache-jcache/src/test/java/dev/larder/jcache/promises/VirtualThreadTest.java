package dev.larder.jcache.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A virtual thread that waits in the cache frees its carrier: shown in a JVM that has but one. */
@Timeout(300)
class VirtualThreadTest {

    @Test
    void whileOneWaitsForALoadAnotherProceeds() throws IOException, InterruptedException {
        assumeTrue(Runtime.version().feature() >= 21, "virtual threads need Java 21 or newer");

        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djdk.virtualThreadScheduler.parallelism=1",
                        "-Djdk.virtualThreadScheduler.maxPoolSize=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        VirtualThreadProgram.class.getName())
                .redirectErrorStream(true)
                .start();
        try {
            boolean ended = process.waitFor(120, TimeUnit.SECONDS);
            String output = ended
                    ? new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    : "(it did not end)";
            assertThat(output).contains("each proceeded");
        } finally {
            process.destroyForcibly();
        }
    }
}

package dev.larder.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ReaperTest {

    @Test
    void serverDoesNotOutliveAJvmThatIsKilled() throws IOException {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StartsAndWaits.class.getName())
                .redirectError(Redirect.INHERIT)
                .start();
        Optional<ProcessHandle> server = ProcessHandle.of(firstNumber(jvm));
        assertThat(server)
                .hasValueSatisfying(process -> assertThat(process.isAlive()).isTrue());

        jvm.destroyForcibly();

        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> !server.orElseThrow().isAlive());
    }

    private static long firstNumber(Process process) throws IOException {
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        return Long.parseLong(output.readLine());
    }
}

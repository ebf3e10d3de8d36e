package dev.larder.redis.internal.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.larder.redis.internal.link.Calls.Kind;
import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import dev.larder.store.StoreTimeoutException;
import dev.larder.time.Clock;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisLoadingException;
import io.lettuce.core.cluster.PartitionSelectorException;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.cluster.models.partitions.Partitions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of calls that failed, whatever the server did. */
class CallsTest {

    private final Calls calls = Calls.ofStore(new UnusedLink(), Duration.ofMillis(20));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "READONLY You can't write against a read only replica.",
                "LOADING Redis is loading the dataset in memory",
                "CLUSTERDOWN The cluster is down",
                "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
                "OOM command not allowed when used memory > 'maxmemory'.",
                "NOAUTH Authentication required.",
                "NOPERM this user has no permissions to run the 'set' command",
                "NOREPLICAS Not enough good replicas to write.",
                "MISCONF Redis is configured to save RDB snapshots",
                "BUSY Redis is busy running a script.",
                "TRYAGAIN Multiple keys request during rehashing of slot"
            })
    void serverThatRefusesHasChangedNothing(String message) {
        ServerRefusal refusal = catchThrowableOfType(
                ServerRefusal.class, () -> fail(Kind.WRITE, new RedisCommandExecutionException(message)));

        assertThat(refusal.code()).isEqualTo(message.substring(0, message.indexOf(' ')));
        assertThat(refusal.applied()).isEqualTo(Applied.NO);
    }

    @ParameterizedTest
    @CsvSource({
        "NOPERM this user has no permissions, docs/redis.md",
        "OOM command not allowed when used memory > 'maxmemory'., volatile-ttl",
        "CLUSTERDOWN Hash slot not served, replica"
    })
    void refusalSaysWhatHelps(String message, String remedy) {
        assertThatThrownBy(() -> fail(Kind.WRITE, new RedisCommandExecutionException(message)))
                .hasMessageStartingWith("redis test refused SET: " + message + " (")
                .hasMessageContaining(remedy);
    }

    @Test
    void limitThatIsNoSettingIsNamedAlone() {
        Calls opening = new Calls(new UnusedLink(), Duration.ofMillis(20));

        assertThatThrownBy(() -> opening.make("EVALSHA", Kind.READ, CompletableFuture::new))
                .hasMessage("redis test did not answer EVALSHA within 20 ms");
    }

    @Test
    void questionThatIsNeverAnsweredIsToldSo() {
        assertThatThrownBy(() -> fail(Kind.READ, new TimeoutException()))
                .hasMessage("redis test could not be asked for SET: no answer will come any more");
    }

    /** As when the client loses a command between a connection and the next. It takes as long as that is waited for. */
    @Test
    @EnabledIfSystemProperty(named = "larder.stress", matches = "true")
    void writeThatIsNeverAnsweredEndsAllTheSame() {
        StoreTimeoutException lost = catchThrowableOfType(
                StoreTimeoutException.class, () -> calls.make("SET", Kind.WRITE, CompletableFuture::new));

        assertThat(lost.end().toCompletableFuture()).succeedsWithin(Options.LOST.multipliedBy(4));
    }

    @Test
    void whoIsInterruptedIsToldSo() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> calls.await("SET", Kind.WRITE, new CompletableFuture<String>()))
                    .hasMessage("redis test was not waited for: interrupted in SET");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void refusalsWithATypeOfTheirOwnAreRefusals() {
        assertThat(catchThrowableOfType(
                        ServerRefusal.class,
                        () -> fail(Kind.WRITE, new RedisLoadingException("LOADING Redis is loading"))))
                .hasMessage("redis test refused SET: LOADING Redis is loading");
    }

    @Test
    void whatWasNeverSentHasChangedNothing() {
        assertThat(appliedAfter(new RedisException("Currently not connected. Commands are rejected.")))
                .isEqualTo(Applied.NO);
        assertThat(appliedAfter(new RedisException("Request queue size exceeded: 1. Commands are not accepted until")))
                .isEqualTo(Applied.NO);
        assertThat(appliedAfter(new RedisConnectionException("Unable to connect")))
                .isEqualTo(Applied.NO);
        assertThat(appliedAfter(new CompletionException(new RedisConnectionException("Unable to connect"))))
                .isEqualTo(Applied.NO);
        assertThat(appliedAfter(new PartitionSelectorException("Cannot determine a partition", new Partitions())))
                .isEqualTo(Applied.NO);
    }

    @Test
    void whatMayHaveBeenSentMayHaveChangedSomething() {
        assertThat(appliedAfter(new RedisException("Connection disconnected"))).isEqualTo(Applied.UNKNOWN);
        assertThat(appliedAfter(new RedisException("Connection closed"))).isEqualTo(Applied.UNKNOWN);
    }

    @Test
    void lateAnswerIsAnOpenQuestionForWritesAlone() {
        CompletableFuture<String> never = new CompletableFuture<>();

        StoreException write = catchThrowableOfType(StoreException.class, () -> calls.await("SET", Kind.WRITE, never));
        StoreException read = catchThrowableOfType(StoreException.class, () -> calls.await("GET", Kind.READ, never));

        assertThat(write.applied()).isEqualTo(Applied.UNKNOWN);
        assertThat(write).hasMessage("redis test did not answer SET within 20 ms (\"storeDeadline\")");
        assertThat(read.applied()).isEqualTo(Applied.NO);
    }

    private Applied appliedAfter(Throwable failure) {
        return catchThrowableOfType(StoreException.class, () -> fail(Kind.WRITE, failure))
                .applied();
    }

    private void fail(Kind kind, Throwable failure) {
        String unused = calls.make("SET", kind, () -> CompletableFuture.<String>failedFuture(failure));
    }

    @Test
    void serversAreWaitedForNoLongerThanTheOperationMayTake() {
        AtomicLong end = new AtomicLong();
        Link link = new ForwardingLink(new UnusedLink()) {
            @Override
            public List<RedisClusterAsyncCommands<byte[], byte[]>> primaries(long endNanos) {
                end.set(endNanos);
                return List.of();
            }
        };
        Calls operation = new Calls(link, Duration.ofMillis(20)).ofOneOperation();
        long begunNanos = Clock.system().nanos();

        assertThat(operation.primaries()).isEmpty();

        assertThat(end.get() - begunNanos)
                .isLessThanOrEqualTo(Duration.ofMillis(20).toNanos());
    }

    @Test
    void callsOfOneOperationShareItsTime() {
        Calls operation = calls.ofOneOperation();
        assertThatThrownBy(() -> operation.make("GET", Kind.READ, () -> new CompletableFuture<String>()))
                .isInstanceOf(StoreException.class);

        StoreException second = catchThrowableOfType(
                StoreException.class,
                () -> operation.<String>make("SET", Kind.WRITE, () -> {
                    throw new AssertionError("a call was made when the time was over");
                }));

        assertThat(second).hasMessage("redis test was not asked for SET within 20 ms (\"storeDeadline\")");
        assertThat(second.applied()).isEqualTo(Applied.NO);
    }
}

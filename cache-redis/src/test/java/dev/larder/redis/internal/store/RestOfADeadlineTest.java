package dev.larder.redis.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.codec.frame.CodecSettings;
import dev.larder.codec.frame.EntryCodec;
import dev.larder.redis.internal.link.Calls;
import dev.larder.redis.internal.link.ForwardingLink;
import dev.larder.redis.internal.link.UnusedLink;
import dev.larder.store.Change;
import dev.larder.store.StoreException;
import dev.larder.store.TagVersions;
import dev.larder.store.Tags;
import dev.larder.store.Ttl;
import dev.larder.time.Clock;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandType;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The first answer to a change is lost, it turns out not to have been made, and the server always wants it to be asked for once more. */
class RestOfADeadlineTest {

    private static final long LOOK = 9;
    private static final Duration DEADLINE = Duration.ofSeconds(3);
    private static final Duration LONG = Duration.ofSeconds(60);

    private final EntryCodec<String, String> codec =
            CodecSettings.of(String.class, String.class).open("rest", 1);
    private final byte[] key = codec.key("k");
    private final Place<String, String> place = new Place<>(codec, key, key);
    private final byte[] there = StoredSlot.bytes(codec.frame(key, "old", 1), Tags.of(Set.of("tag")));
    private final AskingAgain link = new AskingAgain();

    @AfterEach
    void end() {
        link.isOver = true;
    }

    @Test
    void itIsTheRestForAllCallsTogether() {
        RedisEntry<String> old = Objects.requireNonNull(place.entry(there, -1, new TagVersions()));
        ChangeCall<String, String> call = new ChangeCall<>(
                place, Change.put("new", Ttl.ETERNAL).ifUnchanged(old), new TagVersions(), false, ChangeCall.UNTOLD);
        LostAnswers answers = new LostAnswers(link, Clock.system(), DEADLINE);

        CompletableFuture<Void> made =
                CompletableFuture.runAsync(() -> answers.run(call, new Calls(link, DEADLINE).ofOneOperation()));

        assertThat(made).failsWithin(LONG).withThrowableThat().withCauseInstanceOf(StoreException.class);
        assertThat(link.scripts).hasValueGreaterThan(1);
    }

    /** Loses the first script, and answers at once from then on. */
    private final class AskingAgain extends ForwardingLink {

        private final AtomicInteger scripts = new AtomicInteger();
        private volatile boolean isOver;

        AskingAgain() {
            super(new UnusedLink());
        }

        @Override
        @SuppressWarnings("unchecked") // the interface has no type of its own
        public RedisClusterAsyncCommands<byte[], byte[]> commands() {
            return (RedisClusterAsyncCommands<byte[], byte[]>) Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {RedisClusterAsyncCommands.class},
                    (proxy, method, arguments) -> method.getName().equals("get") ? answered(there) : script());
        }

        private RedisFuture<?> script() {
            LockSupport.parkNanos(1_000_000); // as long as a server takes
            boolean isLost = scripts.getAndIncrement() == 0 || isOver;
            return isLost ? failed(new RedisException("Connection disconnected")) : answered(List.of(LOOK, -1L, there));
        }

        private static RedisFuture<Object> answered(Object value) {
            AsyncCommand<byte[], byte[], Object> command = command();
            command.complete(value);
            return command;
        }

        private static RedisFuture<Object> failed(Throwable failure) {
            AsyncCommand<byte[], byte[], Object> command = command();
            command.completeExceptionally(failure);
            return command;
        }

        private static AsyncCommand<byte[], byte[], Object> command() {
            return new AsyncCommand<>(new Command<>(CommandType.EVALSHA, null));
        }

        @Override
        public CompletionStage<?> fence() {
            return CompletableFuture.completedFuture(null);
        }
    }
}

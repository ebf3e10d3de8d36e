package dev.larder.redis.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.larder.redis.internal.link.Calls;
import dev.larder.redis.internal.link.ForwardingLink;
import dev.larder.redis.internal.link.Script;
import dev.larder.redis.internal.link.Scripts;
import dev.larder.redis.internal.link.UnusedLink;
import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import dev.larder.store.StoreTimeoutException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.SetArgs;
import io.lettuce.core.protocol.RedisCommand;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is said of writes that went to several servers together, each of which ended in its own way. */
class BulkFailuresTest {

    private static final Script SCRIPT = Script.of(ChangeCall.class, "change", "put.lua", "slot.lua", "change.lua");

    /** How a command ends. */
    private enum End {
        DONE,
        REFUSED,
        LOST;

        void of(RedisCommand<byte[], byte[], ?> command) {
            switch (this) {
                case DONE -> done(command);
                case REFUSED -> command.completeExceptionally(new RedisCommandExecutionException("OOM no memory"));
                case LOST -> command.completeExceptionally(new RedisException("Connection disconnected"));
            }
        }

        private static void done(RedisCommand<byte[], byte[], ?> command) {
            if (command.getType().toString().equals("SET")) {
                command.getOutput().set(ByteBuffer.wrap("OK".getBytes(StandardCharsets.US_ASCII)));
            } else {
                command.getOutput().multi(1);
                command.getOutput().set(1);
            }
            command.complete();
        }
    }

    /** A link over which commands end as a test says, one after the other. */
    private static final class Fated extends ForwardingLink {

        private final Deque<End> ends;
        private final CompletableFuture<Void> fence = new CompletableFuture<>();

        Fated(End... ends) {
            super(new UnusedLink());
            this.ends = new ArrayDeque<>(List.of(ends));
        }

        @Override
        public void dispatch(Collection<? extends RedisCommand<byte[], byte[], ?>> commands) {
            commands.forEach(command -> ends.remove().of(command));
        }

        @Override
        public CompletionStage<?> fence() {
            return fence;
        }
    }

    private record OneRun() implements Bulk.Run {

        @Override
        public Script script() {
            return SCRIPT;
        }

        @Override
        public byte[] key() {
            return new byte[1];
        }

        @Override
        public byte[][] arguments() {
            return new byte[0][];
        }

        @Override
        public boolean accept(Answer answer) {
            return answer.code() == 1;
        }
    }

    /** The ways of writing together. */
    private enum Way {
        PUTS {
            @Override
            void write(Bulk bulk, int number) {
                List<byte[]> bytes = Collections.nCopies(number, new byte[1]);
                bulk.set(bytes, bytes, Collections.nCopies(number, new SetArgs()), made -> {});
            }
        },
        SCRIPTS {
            @Override
            void write(Bulk bulk, int number) {
                bulk.run(IntStream.range(0, number).mapToObj(i -> new OneRun()).toList());
            }
        };

        abstract void write(Bulk bulk, int number);

        StoreException failure(End... ends) {
            return failure(new Fated(ends), ends.length);
        }

        StoreException failure(Fated link, int number) {
            Bulk bulk = new Bulk(link, new Scripts(link), new Calls(link, Duration.ofSeconds(10)));
            return catchThrowableOfType(StoreException.class, () -> write(bulk, number));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatAllHaveRefusedHasChangedNothing(Way way) {
        assertThat(way.failure(End.REFUSED, End.REFUSED).applied()).isEqualTo(Applied.NO);
    }

    @ParameterizedTest
    @EnumSource
    void whatOneHasDoneIsDoneInPart(Way way) {
        assertThat(way.failure(End.REFUSED, End.DONE).applied()).isEqualTo(Applied.UNKNOWN);
        assertThat(way.failure(End.DONE, End.REFUSED).applied()).isEqualTo(Applied.UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource
    void whatWasLostMayHaveBeenDone(Way way) {
        Fated link = new Fated(End.REFUSED, End.LOST, End.DONE);

        StoreException failure = way.failure(link, 3);

        assertThat(failure).isInstanceOfSatisfying(StoreTimeoutException.class, lost -> {
            assertThat(lost.applied()).isEqualTo(Applied.UNKNOWN);
            assertThat(lost.end().toCompletableFuture()).isNotDone();
            link.fence.complete(null);
            assertThat(lost.end().toCompletableFuture()).isDone();
        });
    }

    @Test
    void whatIsAllDoneFailsNot() {
        assertThat(Way.PUTS.failure(End.DONE, End.DONE)).isNull();
        assertThat(Way.SCRIPTS.failure(End.DONE, End.DONE)).isNull();
    }
}

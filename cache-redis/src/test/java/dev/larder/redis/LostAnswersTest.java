package dev.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Outcome;
import dev.larder.store.Outcome.Effect;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import dev.larder.store.StoreTimeoutException;
import dev.larder.store.Ttl;
import dev.larder.testkit.fault.TcpProxy;
import dev.larder.testkit.server.RedisServer;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A connection is lost with the answer to a change that depends on what was there, or with the change itself. */
class LostAnswersTest {

    private static final String KEY = "key";
    private static final Duration LONG = Duration.ofSeconds(60);

    private RedisServer server;
    private TcpProxy proxy;
    private RedisStores ours;
    private RedisStores theirs;
    private Store<String, String> here;
    private Store<String, String> there;

    @BeforeEach
    void connect() {
        server = RedisServer.start();
        proxy = TcpProxy.to(server.host(), server.port());
        ours = RedisStores.connect(RedisSettings.of(URI.create("redis://" + proxy.host() + ":" + proxy.port())));
        theirs = RedisStores.connect(RedisSettings.of(URI.create(server.uri())));
        StoreContext<String, String> context =
                StoreContext.of("lost", String.class, String.class).withStoreDeadline(Duration.ofSeconds(30));
        here = ours.stores().open(context);
        there = theirs.stores().open(context);
        // the server knows the script from now on, and does what it is told the first time
        here.write("another key", put("value").ifAbsent());
    }

    @AfterEach
    void disconnect() {
        here.close();
        there.close();
        ours.close();
        theirs.close();
        proxy.close();
        server.close();
    }

    private static Change<String> put(String value) {
        return Change.put(value, Ttl.ETERNAL);
    }

    private Entry<String> old() {
        there.write(KEY, put("old"));
        return Objects.requireNonNull(here.read(KEY));
    }

    private CompletableFuture<Outcome<String>> start(Change<String> change) {
        return CompletableFuture.supplyAsync(() -> here.write(KEY, change.tellingEffect()));
    }

    private void awaitThere(String value) {
        await().atMost(LONG).until(() -> {
            Entry<String> entry = there.read(KEY);
            return entry != null && entry.value().equals(value);
        });
    }

    @Test
    void whatTookThePlaceOfAnEntryIsRecognised() {
        Entry<String> old = old();
        proxy.cutRepliesAfter(0);

        CompletableFuture<Outcome<String>> change = start(put("new").ifUnchanged(old));
        awaitThere("new");
        proxy.pass();

        assertThat(change.join().effect()).isEqualTo(Effect.UPDATED);
    }

    @Test
    void whatTookThePlaceOfNothingIsRecognised() {
        proxy.cutRepliesAfter(0);

        CompletableFuture<Outcome<String>> change = start(put("new").ifAbsent());
        awaitThere("new");
        proxy.pass();

        assertThat(change.join().effect()).isEqualTo(Effect.CREATED);
    }

    @Test
    void whatDidNotArriveIsMadeOnceMore() {
        Entry<String> old = old();
        long connections = proxy.connections();
        proxy.cutRequestsAfter(0);

        CompletableFuture<Outcome<String>> change = start(put("new").ifUnchanged(old));
        await().atMost(LONG).until(() -> proxy.connections() > connections);
        proxy.pass();

        assertThat(change.join().effect()).isEqualTo(Effect.UPDATED);
        awaitThere("new");
    }

    /** The answer may come while the exception is on its way; what became of the change is asked for no more then. */
    @Test
    void whoIsInterruptedDoesNotAskOnAndOn() {
        Change<String> change = put("new").ifAbsent().tellingEffect();
        CompletableFuture<Void> changes = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 500; i++) {
                Thread.currentThread().interrupt();
                Throwable failure = catchThrowable(() -> here.write(KEY, change));
                assertThat(failure)
                        .satisfiesAnyOf(
                                none -> assertThat(none).isNull(),
                                some -> assertThat(some).isInstanceOf(StoreException.class));
            }
        });

        assertThat(changes).succeedsWithin(LONG);
    }

    @Test
    void nobodyKnowsWhatBecameOfItWhenTheKeyWasChangedSince() {
        Entry<String> old = old();
        proxy.cutRepliesAfter(0);

        CompletableFuture<Outcome<String>> change = start(put("new").ifUnchanged(old));
        awaitThere("new");
        there.write(KEY, put("newer"));
        proxy.pass();

        assertThat(change)
                .failsWithin(LONG)
                .withThrowableThat()
                .havingCause()
                .asInstanceOf(InstanceOfAssertFactories.type(StoreException.class))
                .isNotInstanceOf(StoreTimeoutException.class)
                .returns(Applied.UNKNOWN, StoreException::applied);
        awaitThere("newer");
    }
}

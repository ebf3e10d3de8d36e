package dev.larder.redis.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.redis.PatientContext;
import dev.larder.redis.RedisSettings;
import dev.larder.redis.RewiredStores;
import dev.larder.redis.internal.link.TellingLink;
import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Outcome.Effect;
import dev.larder.store.Store;
import dev.larder.store.Ttl;
import dev.larder.testkit.server.RedisServer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What each operation makes of a succession before it. Another JVM's write stands for what the new server has instead of ours. */
class SuccessionTest {

    private static final String KEY = "key";

    /** The beginning of a script that does something with each key of an entry. */
    private static final String EACH = "for _, k in ipairs(redis.call('KEYS', '*:K*')) do ";

    private RedisServer server;
    private RewiredStores told;
    private RewiredStores others;
    private TellingLink link;
    private Store<String, String> store;
    private Store<String, String> other;

    @BeforeEach
    void connect() {
        server = RedisServer.start();
        RedisSettings settings = RedisSettings.of(URI.create(server.uri()));
        AtomicReference<TellingLink> telling = new AtomicReference<>();
        told = RewiredStores.over(settings, opened -> {
            telling.set(new TellingLink(opened));
            return telling.get();
        });
        others = RewiredStores.over(settings, opened -> opened);
        link = telling.get();
        store = open(told);
        other = open(others);
    }

    @AfterEach
    void disconnect() {
        told.close();
        others.close();
        server.close();
    }

    private static Store<String, String> open(RewiredStores stores) {
        return stores.stores().open(PatientContext.of("cache", String.class, String.class));
    }

    private static Change<String> put(String value) {
        return Change.put(value, Ttl.ETERNAL);
    }

    private void loseMine() {
        store.write(KEY, put("mine"));
        other.write(KEY, put("replaced"));
        link.succeed();
    }

    @Test
    void conditionalWriteFindsNothingOfWhatWasReplaced() {
        loseMine();

        assertThat(store.write(KEY, put("new").ifAbsent()).effect()).isEqualTo(Effect.CREATED);
    }

    @Test
    void writeIsNotToldWhatWasReplaced() {
        loseMine();

        assertThat(store.write(KEY, put("new").returningPrevious()).previous()).isNull();
    }

    @Test
    void writeOfManyFindsNothingOfWhatWasReplaced() {
        loseMine();

        assertThat(store.writeAll(Map.of(KEY, put("new").ifAbsent())).get(KEY).effect())
                .isEqualTo(Effect.CREATED);
    }

    @Test
    void writesAfterwardsLeaveNoDoubt() {
        link.succeed();
        store.write(KEY, put("first"));
        for (String value : List.of("second", "third")) {
            assertThat(store.write(KEY, put(value).ifPresent()).effect()).isEqualTo(Effect.UPDATED);
        }
        other.write(KEY, put("another"));

        assertThat(valueOf(store.read(KEY))).isEqualTo("another");
    }

    private static String valueOf(@Nullable Entry<String> entry) {
        return entry == null ? "nothing" : entry.value();
    }

    @Test
    void whatIsOfAnotherTypeThereIsNothing() {
        store.write(KEY, put("mine"));
        server.call("EVAL", EACH + "redis.call('DEL', k) redis.call('LPUSH', k, 'x') end", "0");
        link.succeed();

        assertThat(valueOf(store.read(KEY))).isEqualTo("nothing");
        store.write(KEY, put("new"));
        assertThat(valueOf(store.read(KEY))).isEqualTo("new");
    }

    @Test
    void entryThatAReadHasEndedDoesNotComeBack() {
        store.write(KEY, put("mine"));
        server.call("EVAL", EACH + "redis.call('SET', 'name', k) redis.call('COPY', k, 'saved') end", "0");
        store.readAll(Set.of(KEY), Ttl.EXPIRED);
        server.call("EVAL", "redis.call('RENAME', 'saved', redis.call('GET', 'name'))", "0");
        link.succeed();

        assertThat(valueOf(store.read(KEY))).isEqualTo("nothing");
    }
}

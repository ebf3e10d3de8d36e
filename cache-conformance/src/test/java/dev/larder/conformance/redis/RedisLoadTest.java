package dev.larder.conformance.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.conformance.shared.LeaselessStore;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreFactory;
import dev.larder.testkit.server.RedisServer;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several JVMs miss the same keys at a time: each key is loaded once in the whole fleet. */
@Timeout(1_200)
class RedisLoadTest {

    private static final boolean STRESS = Boolean.getBoolean("larder.stress");
    private static final int JVMS = STRESS ? 4 : 2;
    private static final int THREADS = 8;
    private static final int KEYS = STRESS ? 1_000 : 50;

    /** A JVM whose machine stops it in the middle of a load is waited for no longer than two seconds; under stress nothing stops it. */
    private static final int AND_FEW = STRESS ? 0 : KEYS / 10;

    private RedisServer server;
    private final List<ClientJvm> jvms = new ArrayList<>();

    @BeforeEach
    void start() {
        server = RedisServer.start();
    }

    @AfterEach
    void stop() {
        jvms.forEach(ClientJvm::close);
        server.close();
    }

    @Test
    void coldKeyIsLoadedOnceInTheFleet() {
        for (int i = 0; i < JVMS; i++) {
            jvms.add(ClientJvm.start(ColdReader.class, server.uri(), "" + THREADS, "" + KEYS));
        }
        jvms.forEach(ClientJvm::awaitReady);
        jvms.forEach(ClientJvm::go);
        jvms.forEach(ClientJvm::awaitDone);

        List<Integer> loads = jvms.stream()
                .flatMap(jvm -> jvm.said(ColdReader.LOADED))
                .map(Integer::valueOf)
                .toList();
        assertThat(loads).as("JVMs").hasSize(JVMS);
        assertThat(loads.stream().mapToInt(each -> each).sum())
                .as("loads of %d keys: %s", KEYS, loads)
                .isBetween(KEYS, KEYS + AND_FEW);
    }

    /** The tooth: where no lease says that another loads, each JVM does; once more, if a busy machine has kept the two apart. */
    @Test
    void withoutLeasesKeysAreLoadedMoreThanOnce() throws Exception {
        int loads = loadsWithoutLeases();
        for (int attempt = 1; attempt < 10 && loads <= KEYS + AND_FEW; attempt++) {
            server.call("FLUSHALL");
            loads = loadsWithoutLeases();
        }
        assertThat(loads).isGreaterThan(KEYS + AND_FEW);
    }

    private int loadsWithoutLeases() throws Exception {
        try (Member one = new Member(server.uri(), Leaseless::new);
                Member other = new Member(server.uri(), Leaseless::new)) {
            List<ColdReader> both = List.of(new ColdReader(one), new ColdReader(other));
            Member.inThreads(2, member -> both.get(member).run(THREADS, KEYS));
            return both.get(0).loads() + both.get(1).loads();
        }
    }

    /** Opens broken stores, which grant every lease. */
    private record Leaseless(StoreFactory stores) implements StoreFactory {

        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        public <K, V> Store<K, V> open(StoreContext<K, V> context) {
            return new LeaselessStore<>(stores.open(context));
        }
    }
}

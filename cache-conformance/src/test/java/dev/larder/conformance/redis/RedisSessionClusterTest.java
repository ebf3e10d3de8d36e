package dev.larder.conformance.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jcache.provider.LarderCachingProvider;
import dev.larder.patterns.session.SaveResult;
import dev.larder.patterns.session.Session;
import dev.larder.patterns.session.SessionStore;
import dev.larder.patterns.session.WhenTooMany;
import dev.larder.testkit.server.SecuredCluster;
import dev.larder.testkit.server.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The recipe in docs/sessions.md, on a cluster with TLS and a user who may do little: two instances that share nothing but the configuration file. */
@Timeout(600)
class RedisSessionClusterTest {

    private static final int SESSIONS = 50;

    private final LarderCachingProvider one = new LarderCachingProvider();
    private final LarderCachingProvider other = new LarderCachingProvider();

    @TempDir
    private Path folder;

    private Path configuration() throws IOException {
        String quotedNodes =
                "\"" + String.join("\", \"", SecuredCluster.ofThisJvm().seedUris()) + "\"";
        return Files.writeString(folder.resolve("larder.json"), """
                {
                  "stores": { "shared": { "redis": {
                    "topology": "cluster",
                    "nodes": [ %s ],
                    "auth": { "username": "%s", "password": "%s" },
                    "tls": { "trust": "%s" }
                  } } },
                  "templates": { "sessions*": { "store": "shared", "onStoreFailure": "fail", "storeDeadline": "30s" } }
                }
                """.formatted(
                        quotedNodes,
                        SecuredCluster.USER,
                        SecuredCluster.PASSWORD,
                        TestCertificates.ofThisJvm().authority()));
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
    }

    private SessionStore store(LarderCachingProvider provider, Path file) {
        return SessionStore.in(provider.getCacheManager(file.toUri(), getClass().getClassLoader()), "sessions")
                .index("user")
                .maxSessions("user", SESSIONS, WhenTooMany.END_OLDEST_USED)
                .build();
    }

    @Test
    void sessionsGoOnAtTheOtherInstance() throws IOException {
        Path file = configuration();
        SessionStore here = store(one, file);
        SessionStore there = store(other, file);
        List<Session> sessions = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            Session session = here.create();
            session.attribute("user", "ann");
            assertThat(here.save(session)).isEqualTo(SaveResult.SAVED);
            sessions.add(session);
        }

        for (Session session : sessions) {
            Session again = Objects.requireNonNull(there.find(session.id()));
            there.rotateId(again);
            again.attribute("there", true);
            assertThat(there.save(again)).isEqualTo(SaveResult.SAVED);
            session.attribute("here", true);
            assertThat(here.save(session)).as("under the old id").isEqualTo(SaveResult.SAVED);
            assertThat(here.find(session.id())).isNull();
            assertThat(Objects.requireNonNull(here.find(again.id())).attributeNames())
                    .containsExactlyInAnyOrder("user", "here", "there");
        }
        List<Session> found = here.findByIndex("user", "ann");
        assertThat(found).hasSize(SESSIONS);

        found.forEach(
                session -> assertThat(there.invalidateByKey(session.key())).isTrue());
        assertThat(here.findByIndex("user", "ann")).isEmpty();
    }
}

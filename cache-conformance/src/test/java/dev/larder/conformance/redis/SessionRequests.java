package dev.larder.conformance.redis;

import dev.larder.patterns.session.SaveResult;
import dev.larder.patterns.session.Session;
import dev.larder.patterns.session.SessionStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import javax.cache.Cache;

/**
 * The requests of one instance, in several threads: each thread goes through all sessions again and again, and counts in an attribute of its own. Half way, the first thread of the
 * first instance ends every tenth session, and gives every tenth another id.
 */
final class SessionRequests {

    static final String CACHE = "sessions";
    static final String COUNTED = "counted";
    static final String ROTATED = "rotated";

    private static final int TENTH = 10;

    private final SessionStore store;
    private final List<String> ids;
    private final String instance;
    private final AtomicLong requests = new AtomicLong();

    SessionRequests(Cache<String, byte[]> cache, List<String> ids, String instance) {
        this.store = SessionStore.over(cache).build();
        this.ids = List.copyOf(ids);
        this.instance = instance;
    }

    /** {@code uri file-of-ids instance threads rounds}. */
    public static void main(String[] arguments) throws Exception {
        SessionRequests requests = new SessionRequests(
                cache(new Member(arguments[0])), Files.readAllLines(Path.of(arguments[1])), arguments[2]);
        Member.work(() -> requests.run(Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4])));
    }

    static Cache<String, byte[]> cache(Member member) {
        return member.cache(CACHE, byte[].class, UnaryOperator.identity());
    }

    /** Opens the cache for a test in which something fails, with the usual deadline. */
    static Cache<String, byte[]> impatientCache(Member member) {
        return member.cache(CACHE, byte[].class, settings -> settings.storeDeadline(Member.USUAL));
    }

    static boolean isEnded(int session) {
        return session % TENTH == 0;
    }

    static boolean isRotated(int session) {
        return session % TENTH == 1;
    }

    void run(int threads, int rounds) throws Exception {
        Member.inThreads(threads, thread -> {
            int[] acknowledged = new int[ids.size()];
            for (int round = 1; round <= rounds; round++) {
                for (int i = 0; i < ids.size(); i++) {
                    request(i, thread, round, acknowledged);
                    if (thread == 0 && instance.equals("0") && round == 1 + rounds / 2) {
                        endOrRotate(i);
                    }
                }
            }
            for (int i = 0; i < ids.size(); i++) {
                Member.say(COUNTED, i, attribute(thread), acknowledged[i]);
            }
        });
        Member.say("requests", requests);
    }

    private String attribute(int thread) {
        return instance + "-" + thread;
    }

    private void request(int i, int thread, int count, int[] acknowledged) {
        requests.incrementAndGet();
        Session session = store.find(ids.get(i));
        if (session != null) {
            session.accessed();
            session.attribute(attribute(thread), count);
            if (store.save(session) == SaveResult.SAVED) {
                acknowledged[i] = count;
            }
        }
    }

    private void endOrRotate(int i) {
        if (isEnded(i)) {
            store.invalidate(ids.get(i));
            require(store.find(ids.get(i)) == null, "a session is found that has ended");
        } else if (isRotated(i)) {
            Session session = store.find(ids.get(i));
            require(session != null, "a session is gone");
            if (session != null) {
                store.rotateId(session);
                require(store.find(ids.get(i)) == null, "an old id is valid");
                Member.say(ROTATED, i, session.id());
            }
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    /** Writes ids for others to read. */
    static Path write(List<String> ids) throws IOException {
        return Files.write(Files.createTempFile("larder-sessions", ".txt"), ids);
    }
}

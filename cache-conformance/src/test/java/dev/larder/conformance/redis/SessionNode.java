package dev.larder.conformance.redis;

import dev.larder.jcache.LarderCache;
import dev.larder.patterns.session.SessionStore;

/** An instance of a web application, in a JVM of its own: a container, and the address of the Redis server where the sessions are. */
final class SessionNode {

    /** Followed by the port, once it can be asked. */
    static final String LISTENS = "listens";

    private SessionNode() {}

    public static void main(String[] arguments) throws Exception {
        Member member = new Member(arguments[1]);
        LarderCache<String, byte[]> sessions = member.cache("sessions", byte[].class);
        SessionStore store = SessionStore.over(sessions).build();
        WebContainer.Running running =
                WebContainer.valueOf(arguments[0]).start(context -> CartPages.add(context, store));
        Member.say(LISTENS, running.port());
        Member.work(() -> Thread.currentThread().join()); // until it is killed, or the JVM that started it ends
    }
}

package dev.larder.patterns.session;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Notes what it is told, in a word or two each. */
final class RecordingSessionListener implements SessionListener {

    final List<String> told = new CopyOnWriteArrayList<>();
    final List<Session> ended = new CopyOnWriteArrayList<>();

    @Override
    public void created(Session session) {
        told.add("created");
    }

    @Override
    public void destroyed(Session session, Reason reason) {
        told.add("destroyed " + reason);
        ended.add(session);
    }

    @Override
    public void idChanged(String oldKey, Session session) {
        told.add("id changed");
    }

    @Override
    public void unreadable(String key, @Nullable String attribute, String reason) {
        told.add("unreadable " + attribute);
    }
}

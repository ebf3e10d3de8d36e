package dev.larder.examples.boot;

import dev.larder.patterns.session.AttributeCodec;
import dev.larder.patterns.session.Session;
import dev.larder.patterns.session.SessionStore;
import dev.larder.patterns.session.UnreadableAttributeException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import javax.cache.CacheManager;
import org.springframework.session.FindByIndexNameSessionRepository;

/** Puts a cart into a session as another release would have written it, or one who can write to the cache. */
final class ForgedAttributes implements AttributeCodec {

    private final UnaryOperator<String> forgery;

    private ForgedAttributes(UnaryOperator<String> forgery) {
        this.forgery = forgery;
    }

    /**
     * Writes an attribute.
     *
     * @param forgery changes the bytes of a cart, each of which is a character
     */
    static void write(CacheManager caches, String sessionId, String user, String name, UnaryOperator<String> forgery) {
        try (SessionStore store = SessionStore.in(caches, "spring-sessions")
                .index(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME, session -> user)
                .codec(new ForgedAttributes(forgery))
                .build()) {
            Session session = Objects.requireNonNull(store.find(sessionId), "a session of " + user);
            session.attribute(name, new Cart(List.of("forged")));
            store.save(session);
        }
    }

    @Override
    public byte[] encode(String name, Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
            output.writeObject(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return forgery.apply(bytes.toString(StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public Object decode(String name, byte[] bytes) throws UnreadableAttributeException {
        throw new UnreadableAttributeException("it only writes");
    }
}

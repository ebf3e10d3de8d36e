package dev.larder.spring.session;

import dev.larder.patterns.session.AttributeCodec;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** How attributes of sessions of Spring become bytes. */
public final class SpringAttributes {

    private SpringAttributes() {}

    /**
     * Returns the codec that sessions of Spring have unless there is another: Java serialisation, as the types of Spring Security are made for, which reads and writes
     * these types and no others:
     *
     * <ul>
     *   <li>those of Spring Security, and the flash attributes of Spring MVC;
     *   <li>plain ones of the JDK: strings, numbers, collections, exceptions, {@code java.time}, {@code java.net.URI} and {@code URL};
     *   <li>those named here.
     * </ul>
     *
     * <p>A class that is not among them is not even loaded when bytes name it. To set an attribute of such a class fails when the session is saved, with a message that says
     * what to do.
     *
     * @param classLoader finds the classes
     * @param allowed names of classes, or of packages: {@code com.acme.*} with the classes in it, {@code com.acme.**} also with those in packages below
     */
    public static AttributeCodec serialized(@Nullable ClassLoader classLoader, Collection<String> allowed) {
        return new SerializedAttributes(classLoader, AllowedTypes.of(allowed));
    }
}

package dev.larder.annotations.container;

import com.google.inject.Guice;
import dev.larder.annotations.CacheAnnotationsCustomizer;
import dev.larder.annotations.CachedProxy;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import org.springframework.context.ApplicationContext;

/** Makes beans whose annotations are obeyed. */
public interface Container extends AutoCloseable {

    /** Returns a bean of that implementation; the interface is what it is called by. */
    <T> T get(Class<T> type, Class<? extends T> implementation);

    @Override
    void close();

    /** A class of the library that it is, and by which its version can be told. */
    static Class<?> library() {
        return switch (System.getProperty("larder.container", "proxy")) {
            case "cdi", "cdi-lite" -> SeContainerInitializer.newInstance().getClass();
            case "guice" -> Guice.class;
            case "spring", "springs-own" -> ApplicationContext.class;
            default -> CachedProxy.class;
        };
    }

    /** The container that the tests of this JVM are about. */
    static Container start(CacheAnnotationsCustomizer customizer, Class<?>... implementations) {
        return switch (System.getProperty("larder.container", "proxy")) {
            case "proxy" -> new ProxyContainer(customizer);
            case "cdi", "cdi-lite" -> new CdiContainer(customizer, implementations);
            case "guice" -> new GuiceContainer(customizer);
            case "spring" -> new SpringContainer(customizer, implementations);
            case "springs-own" -> new SpringsOwnContainer(implementations);
            default -> throw new IllegalArgumentException("no such container");
        };
    }
}

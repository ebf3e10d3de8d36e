package dev.larder.copy;

import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.lang.reflect.Proxy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a {@link SerialOutput} wrote: only classes that were written, each as its {@link HomeLoader} knows it. */
final class SerialInput extends ObjectInputStream {

    private final SerialOutput source;
    private final HomeLoader home;

    SerialInput(InputStream bytes, SerialOutput source, HomeLoader home, CopyFilter filter) throws IOException {
        super(bytes);
        this.source = source;
        this.home = home;
        enableResolveObject(true);
        setObjectInputFilter(filter.and(getObjectInputFilter()));
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass description) throws InvalidClassException {
        return resolve(description.getName());
    }

    @Override
    @SuppressWarnings("deprecation") // the class is what is asked for here, not an instance
    protected Class<?> resolveProxyClass(String[] names) throws InvalidClassException {
        Class<?> original = source.proxyWrittenAs(List.of(names));
        if (original == null) {
            throw new InvalidClassException("a proxy class that was not written");
        }
        Class<?>[] interfaces = original.getInterfaces();
        ClassLoader movedTo = null;
        for (int i = 0; i < interfaces.length; i++) {
            if (home.isForeign(interfaces[i])) {
                interfaces[i] = home.homeOf(interfaces[i]);
                movedTo = interfaces[i].getClassLoader();
            }
        }
        return movedTo == null ? original : Proxy.getProxyClass(movedTo, interfaces);
    }

    @Override
    protected @Nullable Object resolveObject(Object object) {
        return object instanceof StandIn standIn ? standIn.restore(source.handedOver()) : object;
    }

    private Class<?> resolve(String name) throws InvalidClassException {
        Class<?> original = source.writtenAs(name);
        if (original == null) {
            throw new InvalidClassException(name, "a class that was not written");
        }
        return StandIn.class.isAssignableFrom(original) ? original : home.homeOf(original);
    }
}

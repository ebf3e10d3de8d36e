package dev.larder.annotations.spi;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;

/** Makes the key generators and resolver factories that annotations name, or gets them from a container. */
public interface Instances {

    /**
     * Returns one, asked for once for each method that names it.
     *
     * @throws RuntimeException if it cannot
     */
    <T> T get(Class<T> type);

    /** Returns one that calls the constructor without parameters, of whatever visibility. */
    static Instances byConstructor() {
        return new Instances() {
            @Override
            public <T> T get(Class<T> type) {
                try {
                    Constructor<T> constructor = type.getDeclaredConstructor();
                    constructor.setAccessible(true);
                    return constructor.newInstance();
                } catch (InvocationTargetException e) {
                    throw new IllegalArgumentException(type.getName() + " could not be made", e.getCause());
                } catch (ReflectiveOperationException e) {
                    throw new IllegalArgumentException(
                            type.getName() + " needs a constructor without parameters, or to be known to the container",
                            e);
                }
            }
        };
    }
}

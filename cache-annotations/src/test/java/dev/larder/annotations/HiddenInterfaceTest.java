package dev.larder.annotations;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

class HiddenInterfaceTest {

    /** Of the JDK, in a package that its module keeps to itself. */
    private static final String HIDDEN = "jdk.internal.access.JavaIOAccess";

    @Test
    void interfaceThatCannotBeCalledIsRefusedWithWhatToDo() throws Exception {
        Class<?> hidden = Class.forName(HIDDEN);

        assertThatThrownBy(() -> proxy(hidden))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(HIDDEN + " cannot be called from")
                .hasMessageContaining("exports jdk.internal.access");
    }

    private static <T> T proxy(Class<T> type) {
        Object target = Proxy.newProxyInstance(
                HiddenInterfaceTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null);
        return CachedProxy.of(type, type.cast(target));
    }
}

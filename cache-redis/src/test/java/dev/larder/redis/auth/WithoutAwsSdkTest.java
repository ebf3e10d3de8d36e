package dev.larder.redis.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

/** Loads the package where no class of the AWS SDK can be found. */
class WithoutAwsSdkTest {

    @Test
    void defaultsAreThoseOfTheModuleItself() throws ReflectiveOperationException {
        Class<?> source = new WithoutSdk().loadClass(AwsCredentialsSource.class.getName());

        Object defaults = source.getMethod("defaults", String.class).invoke(null, (Object) null);

        assertThat(defaults.toString()).isEqualTo("DefaultAwsCredentials");
    }

    /** Defines this package anew, and refuses the SDK. */
    private static final class WithoutSdk extends ClassLoader {

        WithoutSdk() {
            super(WithoutAwsSdkTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("software.amazon")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("dev.larder.redis.auth.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}

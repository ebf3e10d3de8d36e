package dev.larder.spring.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.patterns.session.SessionTooLargeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.cache.CacheManager;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.MapPropertySource;
import org.springframework.mock.web.MockServletContext;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.IndexResolver;
import org.springframework.session.SaveMode;
import org.springframework.session.Session;
import org.springframework.session.SingleIndexResolver;
import org.springframework.session.events.SessionCreatedEvent;
import org.springframework.session.web.http.SessionRepositoryFilter;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;

class EnableLarderHttpSessionTest {

    private static void with(Class<?> configuration, Consumer<AnnotationConfigWebApplicationContext> test) {
        try (AnnotationConfigWebApplicationContext application = new AnnotationConfigWebApplicationContext()) {
            application.setServletContext(new MockServletContext());
            application
                    .getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("test", Map.of("shop", "books")));
            application.register(configuration);
            application.refresh();
            test.accept(application);
        }
    }

    private static LarderSession saved(LarderSessionRepository sessions, String name, Object value) {
        LarderSession session = sessions.createSession();
        session.setAttribute(name, value);
        sessions.save(session);
        return session;
    }

    @Configuration(proxyBeanMethods = false)
    static class Caches {
        @Bean
        CacheManager cacheManager() {
            return Provider.LARDER.newManager();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableLarderHttpSession
    static class Plain extends Caches {}

    @Test
    void thereIsARepositoryAndAFilter() {
        with(Plain.class, application -> {
            LarderSessionRepository sessions = application.getBean(LarderSessionRepository.class);
            assertThat(application.getBean("springSessionRepositoryFilter"))
                    .isInstanceOf(SessionRepositoryFilter.class);
            assertThat(application.getBean(FindByIndexNameSessionRepository.class))
                    .isSameAs(sessions);
            assertThat(sessions.createSession().getMaxInactiveInterval()).isEqualTo(Duration.ofMinutes(30));
            assertThat(application.getBean(CacheManager.class).getCacheNames()).contains("spring-sessions");
        });
    }

    @Configuration(proxyBeanMethods = false)
    @EnableLarderHttpSession(
            cacheName = "sessions-of-${shop}",
            maxInactiveIntervalInSeconds = 60,
            saveMode = SaveMode.ON_GET_ATTRIBUTE,
            allowedTypes = "dev.larder.spring.session.*")
    static class Tuned extends Caches {}

    @Test
    void annotationSaysHowSessionsAreKept() {
        with(Tuned.class, application -> {
            LarderSessionRepository sessions = application.getBean(LarderSessionRepository.class);
            LarderSession session = saved(sessions, "items", new ArrayList<>(List.of("tea")));
            LarderSession changed = sessions.findById(session.getId());
            changed.<List<String>>getAttribute("items").add("cake");
            sessions.save(changed);

            assertThat(sessions.findById(session.getId()).<List<String>>getAttribute("items"))
                    .containsExactly("tea", "cake");
            assertThat(session.getMaxInactiveInterval()).isEqualTo(Duration.ofMinutes(1));
            assertThat(application.getBean(CacheManager.class).getCacheNames()).contains("sessions-of-books");
            saved(sessions, "cart", new SpringAttributesTest.Cart("tea"));
        });
    }

    @Configuration(proxyBeanMethods = false)
    @EnableLarderHttpSession(saveMode = SaveMode.ALWAYS)
    static class Greedy extends Caches {}

    @Test
    void savingAllAttributesAlwaysIsRefused() {
        assertThatThrownBy(() -> with(Greedy.class, application -> {}))
                .hasStackTraceContaining("saveMode must not be ALWAYS");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableLarderHttpSession
    static class Customized extends Caches {
        private final List<String> created = new ArrayList<>();

        @Bean
        SessionStoreCustomizer small() {
            return store -> store.maxAttributeBytes(100);
        }

        @Bean
        IndexResolver<Session> byColor() {
            return new SingleIndexResolver<>(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME) {
                @Override
                public String resolveIndexValueFor(Session session) {
                    return session.getAttribute("color");
                }
            };
        }

        @EventListener
        void on(SessionCreatedEvent event) {
            created.add(event.getSessionId());
        }
    }

    @Test
    void beansOfTheApplicationAreUsed() {
        with(Customized.class, application -> {
            LarderSessionRepository sessions = application.getBean(LarderSessionRepository.class);

            LarderSession session = saved(sessions, "color", "green");

            assertThat(sessions.findByPrincipalName("green")).containsKey(session.getId());
            assertThat(application.getBean(Customized.class).created).containsExactly(session.getId());
            assertThatThrownBy(() -> saved(sessions, "color", "g".repeat(100)))
                    .isInstanceOf(SessionTooLargeException.class);
        });
    }

    @Configuration(proxyBeanMethods = false)
    @EnableLarderHttpSession(cacheName = "without-a-manager")
    static class WithoutManager {}

    @Test
    void withoutAManagerThereIsLarders() {
        with(WithoutManager.class, application -> {
            CacheManager manager = DefaultCacheManager.of(application.getClassLoader());
            assertThat(manager.getCacheNames()).contains("without-a-manager");
            manager.close();
        });
    }
}

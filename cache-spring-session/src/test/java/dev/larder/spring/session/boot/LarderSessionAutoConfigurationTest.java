package dev.larder.spring.session.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.patterns.session.AttributeCodec;
import dev.larder.patterns.session.Session;
import dev.larder.spring.session.LarderSession;
import dev.larder.spring.session.LarderSessionRepository;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.cache.CacheManager;
import javax.cache.Caching;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.web.authentication.session.SessionAuthenticationException;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.MapSession;
import org.springframework.session.MapSessionRepository;
import org.springframework.session.SessionRepository;
import org.springframework.session.web.http.SessionRepositoryFilter;

class LarderSessionAutoConfigurationTest {

    private final WebApplicationContextRunner application = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(LarderSessionAutoConfiguration.class))
            .withUserConfiguration(Caches.class);

    @Configuration(proxyBeanMethods = false)
    static class Caches {
        @Bean
        CacheManager cacheManager() {
            return Caching.getCachingProvider("dev.larder.jcache.provider.LarderCachingProvider")
                    .getCacheManager(URI.create("test:" + UUID.randomUUID()), null);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnSessions {
        @Bean
        SessionRepository<MapSession> ownSessions() {
            return new MapSessionRepository(new ConcurrentHashMap<>());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnCodec {
        @Bean
        AttributeCodec codec() {
            return AttributeCodec.plain();
        }
    }

    @Test
    void sessionsAreLardersUnlessSaidOtherwise() {
        application.run(context -> assertThat(context)
                .hasSingleBean(LarderSessionRepository.class)
                .hasSingleBean(SessionRepositoryFilter.class));
    }

    @Test
    void applicationWithSessionsOfItsOwnKeepsThem() {
        application
                .withUserConfiguration(OwnSessions.class)
                .run(context -> assertThat(context)
                        .doesNotHaveBean(LarderSessionRepository.class)
                        .doesNotHaveBean(SessionRepositoryFilter.class));
    }

    @Test
    void itCanBeSwitchedOff() {
        application
                .withPropertyValues("larder.session.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(LarderSessionRepository.class));
    }

    @Test
    void applicationThatServesNoPagesHasNoSessions() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(LarderSessionAutoConfiguration.class))
                .run(context -> assertThat(context).doesNotHaveBean(LarderSessionRepository.class));
    }

    @ParameterizedTest
    @CsvSource({
        "spring.session.timeout=90,PT90S",
        "spring.session.timeout=5m,PT5M",
        "server.servlet.session.timeout=2h,PT2H",
        "larder.session.cache-name=x,PT30M"
    })
    void idleTimeoutIsWhereBootHasIt(String property, Duration timeout) {
        application
                .withPropertyValues(property)
                .run(context -> assertThat(context.getBean(LarderSessionRepository.class)
                                .createSession()
                                .getMaxInactiveInterval())
                        .isEqualTo(timeout));
    }

    @Test
    void propertiesReachTheStore() {
        application
                .withPropertyValues(
                        "larder.session.cache-name=mine",
                        "larder.session.absolute-timeout=8h",
                        "larder.session.renew-id-after=15m",
                        "larder.session.sweep-every=1m",
                        "larder.session.on-store-failure=read-only",
                        "larder.session.save-mode=on-get-attribute",
                        "larder.session.max-sessions-per-user=1",
                        "larder.session.when-too-many=refuse-new",
                        "larder.session.max-attribute-size=1KB",
                        "larder.session.max-session-size=2KB")
                .run(context -> {
                    Session session = context.getBean(LarderSessionRepository.class)
                            .store()
                            .create();
                    assertThat(Duration.between(session.createdAt(), session.absoluteDeadline()))
                            .isEqualTo(Duration.ofHours(8));
                    assertThat(context.getBean(CacheManager.class).getCacheNames())
                            .contains("mine");
                });
    }

    @Test
    void limitOfSessionsHoldsForEachUser() {
        application
                .withPropertyValues("larder.session.max-sessions-per-user=1", "larder.session.when-too-many=refuse-new")
                .run(context -> {
                    LarderSessionRepository sessions = context.getBean(LarderSessionRepository.class);
                    sessions.save(sessionOf(sessions, "alice"));
                    sessions.save(sessionOf(sessions, "bob"));
                    LarderSession tooMany = sessionOf(sessions, "alice");

                    assertThatThrownBy(() -> sessions.save(tooMany)).isInstanceOf(SessionAuthenticationException.class);
                });
    }

    private static LarderSession sessionOf(LarderSessionRepository sessions, String user) {
        LarderSession session = sessions.createSession();
        session.setAttribute(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME, user);
        return session;
    }

    @Test
    void typesOfTheApplicationMayBeInSessions() {
        application
                .withInitializer(context -> AutoConfigurationPackages.register(
                        (BeanDefinitionRegistry) context.getBeanFactory(), "dev.larder.spring.session.boot"))
                .run(context -> assertThat(saved(context.getBean(LarderSessionRepository.class), new Item("tea")))
                        .isEqualTo(new Item("tea")));
    }

    record Item(String name) implements Serializable {}

    @Test
    void codecOfTheApplicationIsUsed() {
        application
                .withUserConfiguration(OwnCodec.class)
                .run(context -> assertThat(saved(context.getBean(LarderSessionRepository.class), Map.of("a", 1)))
                        .isEqualTo(Map.of("a", 1)));
    }

    private static Object saved(LarderSessionRepository sessions, Object value) {
        LarderSession session = sessions.createSession();
        session.setAttribute("name", value);
        sessions.save(session);
        return sessions.findById(session.getId()).getAttribute("name");
    }
}

# make help lists what there is to do. WERROR=1 makes warnings in our own targets errors, as CI does.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help deps build run test bench fuzz deb install generated docs lint format clean

sources := Package.swift Sources Tests Benchmarks Fuzz/Package.swift Fuzz/Sources
# With the Swift runtime in it, for every release build: the program that is measured is the one that is shipped, and runs where
# there is no toolchain.
release := -c release --static-swift-stdlib
# Read by Package.swift. Always handed on, so that one command never builds with two settings.
export WERROR ?=

help: ## 列出可用的命令
	@echo '用法：make 目标 [ONCE=1] [WERROR=1]'
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

deps: ## 安装缺少的系统软件包，检查 Swift 版本；都齐备时什么也不做
	@scripts/deps build run package test

build: ## 编译发布版，程序在 .build/release/nianbao
	@scripts/deps build
	swift build $(release) --product nianbao

run: build ## 演示：启动服务，审核 demo/samples 中的样例，直到 Ctrl-C；ONCE=1 自行结束
	@scripts/deps build run
	@scripts/demo

test: deps lint ## 检查格式，编译并运行全部测试
	swift build --build-tests
	@scripts/run-tests

bench: ## 测量：每份报告和每条规则的耗时、到结果出现的延迟、10000 个文件同时到达与下限之比、十万个文件的内存和再次启动、每种格式与常用程序相比
	@scripts/deps build
	swift build $(release) --product nianbao
	swift build $(release) --product nianbao-bench
	@.build/release/nianbao-bench

fuzz: ## 模糊测试各个解析器，各 300 秒（见 Fuzz/README.md）
	@scripts/fuzz

deb: ## 制作 Debian 软件包，写到 .build/deb；同一提交做两次，字节相同
	@scripts/deps build package
	swift build $(release) --product nianbao
	@package=$$(scripts/deb .build/release/nianbao .build/deb) && lintian --fail-on error "$$package" && echo "$$package"

install: ## 安装已编译的程序和全部附件；DESTDIR= PREFIX=/usr/local
	@scripts/install .build/release/nianbao DESTDIR=$(DESTDIR) PREFIX=$(or $(PREFIX),/usr/local)

generated: ## 刷新生成的文件：规则目录的版本、docs/rules.md、docs/rules.en.md、手册页、命令补全
	@scripts/catalogue-version --write
	swift build --product nianbao
	@mkdir -p docs
	.build/debug/nianbao rules --format markdown --lang zh > docs/rules.md
	.build/debug/nianbao rules --format markdown --lang en > docs/rules.en.md
	@scripts/generate-help .build/debug/nianbao packaging

docs: generated

lint: ## 检查代码格式（swift format --strict）
	swift format lint --strict --parallel --recursive $(sources)

format: ## 按 .swift-format 整理代码
	swift format --in-place --parallel --recursive $(sources)

clean: ## 删除编译产物和演示、测量留下的文件（demo/inbox 除外）
	rm -rf .build .bench-tmp demo/state

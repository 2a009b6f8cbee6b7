"""Runs of checks with their findings, which are only ever added to; transfers."""

import django.db.models.deletion
from django.db import migrations, models

from zhengtong.foundation.audit.append_only import guarded


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0003_whole_item'),
        ('orgs', '0002_codes_are_permanent'),
    ]

    operations = [
        migrations.CreateModel(
            name='Run',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stage', models.CharField(choices=[('filing', '归档'), ('transfer', '移交'), ('yearly', '年度（长期保存）')], max_length=10, verbose_name='环节')),
                ('at', models.DateTimeField(verbose_name='检测时间')),
                ('count', models.PositiveIntegerField(verbose_name='件数')),
                ('bytes', models.PositiveBigIntegerField(verbose_name='字节数')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.person', verbose_name='检测人')),
                ('fonds', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='archive.fonds', verbose_name='全宗')),
            ],
            options={
                'ordering': ['-at', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('stage__in', ['filing', 'transfer', 'yearly'])), name='archive_run_stage')],
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=12, verbose_name='代码')),
                ('result', models.CharField(choices=[('good', '合格'), ('warn', '提示'), ('bad', '不合格'), ('none', '不适用')], max_length=6, verbose_name='结果')),
                ('evidence', models.JSONField(default=dict, verbose_name='证据')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.person', verbose_name='回答人')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='archive.run')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('run', 'code'), name='archive_finding_once'), models.CheckConstraint(condition=models.Q(('result__in', ['good', 'warn', 'bad', 'none'])), name='archive_finding_result')],
            },
        ),
        migrations.CreateModel(
            name='Checked',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checked', to='archive.item')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checked', to='archive.run')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('run', 'item'), name='archive_checked_once')],
            },
        ),
        migrations.CreateModel(
            name='Transfer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, unique=True, verbose_name='移交编号')),
                ('receiver', models.CharField(max_length=120, verbose_name='接收单位')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='说明')),
                ('state', models.CharField(choices=[('prepared', '待检测'), ('checked', '已检测'), ('handed', '已移交'), ('accepted', '已接收'), ('dropped', '已撤销')], max_length=10, verbose_name='状态')),
                ('made_at', models.DateTimeField(verbose_name='提出时间')),
                ('handed_at', models.DateTimeField(blank=True, null=True, verbose_name='移交时间')),
                ('accepted_on', models.DateField(blank=True, null=True, verbose_name='接收日期')),
                ('accepted_by', models.CharField(blank=True, max_length=60, verbose_name='接收人')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='撤销理由')),
                ('fonds', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transfers', to='archive.fonds', verbose_name='全宗')),
                ('handed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.person', verbose_name='移交人')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.person', verbose_name='提出人')),
                ('run', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='transfers', to='archive.run', verbose_name='检测')),
            ],
            options={
                'ordering': ['-made_at', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['prepared', 'checked', 'handed', 'accepted', 'dropped'])), name='archive_transfer_state'), models.CheckConstraint(condition=models.Q(('state__in', ['prepared', 'dropped']), ('run__isnull', False), _connector='OR'), name='archive_transfer_only_checked'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['handed', 'accepted']), _negated=True), models.Q(('handed_at__isnull', False), ('handed_by__isnull', False)), _connector='OR'), name='archive_transfer_handed_by_someone'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'accepted'), _negated=True), models.Q(('accepted_on__isnull', False), models.Q(('accepted_by', ''), _negated=True)), _connector='OR'), name='archive_transfer_accepted_by_someone'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'dropped'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='archive_transfer_dropped_with_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='Moved',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('active', models.BooleanField(default=True, verbose_name='有效')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moved', to='archive.item')),
                ('transfer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moved', to='archive.transfer')),
            ],
            options={
                'ordering': ['item__archive_number'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('active', True)), fields=('item',), name='archive_moved_once')],
            },
        ),
        guarded("archive_run", "archive_checked", "archive_finding"),
    ]

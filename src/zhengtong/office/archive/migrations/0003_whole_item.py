"""An item of either way, whole: its maker and registration, the plan of classes, pages of each part, imported items."""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

permanent = import_module("zhengtong.office.archive.migrations.0002_number_is_permanent")


def restore(apps, editor):
    """SQLite rebuilds a changed table without its triggers."""
    if editor.connection.vendor == "sqlite":
        permanent.forwards(apps, editor)


def take_away(apps, editor):
    if editor.connection.vendor == "sqlite":
        permanent.backwards(apps, editor)


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0002_number_is_permanent'),
        ('files', '0001_initial'),
        ('orgs', '0002_codes_are_permanent'),
    ]

    operations = [
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.CharField(choices=[('unit', '承办处室'), ('maker', '责任者'), ('kind', '文种'), ('word', '题名含有'), ('way', '收文或发文')], max_length=8, verbose_name='按')),
                ('value', models.CharField(max_length=60, verbose_name='值')),
                ('source', models.CharField(blank=True, max_length=120, verbose_name='依据')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('by__in', ['unit', 'maker', 'kind', 'word', 'way'])), name='archive_plan_by')],
            },
        ),
        migrations.RemoveConstraint(
            model_name='item',
            name='archive_item_state',
        ),
        migrations.RemoveConstraint(
            model_name='item',
            name='archive_number_when_filed',
        ),
        migrations.RemoveConstraint(
            model_name='part',
            name='archive_part_role',
        ),
        migrations.AddField(
            model_name='item',
            name='important',
            field=models.BooleanField(default=False, verbose_name='重要'),
        ),
        migrations.AddField(
            model_name='item',
            name='imported_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='导入时间'),
        ),
        migrations.AddField(
            model_name='item',
            name='maker',
            field=models.CharField(default='', max_length=200, verbose_name='责任者'),
        ),
        migrations.AddField(
            model_name='item',
            name='original',
            field=models.CharField(blank=True, max_length=60, verbose_name='来文字号'),
        ),
        migrations.AddField(
            model_name='item',
            name='unit',
            field=models.CharField(blank=True, max_length=60, verbose_name='承办处室'),
        ),
        migrations.AddField(
            model_name='item',
            name='way',
            field=models.CharField(choices=[('issued', '发文'), ('received', '收文')], default='issued', max_length=8, verbose_name='收发'),
        ),
        migrations.AddField(
            model_name='part',
            name='pages',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='页数'),
        ),
        migrations.AlterField(
            model_name='item',
            name='document',
            field=models.CharField(max_length=40, unique=True, verbose_name='文件编号'),
        ),
        migrations.AlterField(
            model_name='item',
            name='kind',
            field=models.CharField(blank=True, max_length=16, verbose_name='文种代码'),
        ),
        migrations.AlterField(
            model_name='item',
            name='kind_name',
            field=models.CharField(blank=True, max_length=20, verbose_name='文种'),
        ),
        migrations.AlterField(
            model_name='item',
            name='number',
            field=models.CharField(max_length=40, verbose_name='发文字号或收文号'),
        ),
        migrations.AlterField(
            model_name='item',
            name='organ',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.organ', verbose_name='归档机关'),
        ),
        migrations.AlterField(
            model_name='item',
            name='serial',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='顺序号'),
        ),
        migrations.AlterField(
            model_name='item',
            name='state',
            field=models.CharField(choices=[('prefiled', '预归档'), ('filed', '已归档'), ('waived', '不归档')], default='prefiled', max_length=10, verbose_name='状态'),
        ),
        migrations.AlterField(
            model_name='item',
            name='title',
            field=models.CharField(max_length=500, verbose_name='题名'),
        ),
        migrations.AlterField(
            model_name='item',
            name='year',
            field=models.PositiveSmallIntegerField(verbose_name='归档年度'),
        ),
        migrations.AlterField(
            model_name='part',
            name='role',
            field=models.CharField(choices=[('final', '正本'), ('page', '正本（PDF）'), ('attachment', '附件'), ('sheet', '处理单'), ('draft', '定稿'), ('signed', '签发内容'), ('traces', '花脸稿'), ('metadata', '元数据'), ('log', '处理过程'), ('signatures', '电子签名')], max_length=12, verbose_name='内容'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['prefiled', 'filed', 'waived'])), name='archive_item_state'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('archive_number__isnull', True), ('filed_by__isnull', True), ('item_serial__isnull', True), ('period', ''), ('state__in', ['prefiled', 'waived'])), models.Q(models.Q(('filed_by__isnull', False), ('imported_at__isnull', False), _connector='OR'), ('archive_number__isnull', False), ('filed_at__isnull', False), ('fonds__isnull', False), ('item_serial__isnull', False), ('period__in', ['Y', 'D30', 'D10']), ('state', 'filed')), _connector='OR'), name='archive_number_when_filed'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(('way__in', ['issued', 'received'])), name='archive_item_way'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(('organ__isnull', False), ('imported_at__isnull', False), _connector='OR'), name='archive_item_of_an_organ'),
        ),
        migrations.AddConstraint(
            model_name='part',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['final', 'page', 'attachment', 'sheet', 'draft', 'signed', 'traces', 'metadata', 'log', 'signatures'])), name='archive_part_role'),
        ),
        migrations.AddField(
            model_name='plan',
            name='klass',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='plan', to='archive.class'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.UniqueConstraint(fields=('klass', 'by', 'value'), name='archive_plan_row_once'),
        ),
        migrations.RunPython(restore, take_away),
    ]
